package dev.fairlead.data.load;

import dev.fairlead.data.shown.HeadFloor;
import dev.fairlead.data.shown.RecentSends;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// One chain's traffic through this gateway, shared by all event loops.
public final class ChainTraffic {
    private final String chain;
    private final HeadFloor floor = new HeadFloor();
    private final RecentSends recentSends = new RecentSends();
    private final RetryBudget retries;
    private final SecondOpinions opinions;
    private final RetryBudget searches;
    private final RateLimit leaders;
    private final AtomicInteger resting = new AtomicInteger();
    private final Map<String, GroupMode> modes = new ConcurrentHashMap<>();

    ChainTraffic(String chain, long now) {
        this.chain = chain;
        this.retries = new RetryBudget(now);
        this.opinions = new SecondOpinions(now);
        this.searches = new RetryBudget(now);
        this.leaders = new RateLimit(now);
    }

    public HeadFloor floor() {
        return floor;
    }

    public RecentSends recentSends() {
        return recentSends;
    }

    /// One more call waits until nodes that asked to be left alone may be asked again.
    ///
    /// @return false when `most` wait already
    public boolean rests(int most) {
        if (resting.incrementAndGet() <= most) return true;
        resting.decrementAndGet();
        return false;
    }

    public void rested() {
        resting.decrementAndGet();
    }

    /// How many calls wait like that.
    public int resting() {
        return resting.get();
    }

    public RetryBudget retries() {
        return retries;
    }

    /// What looking for a method may cost at nodes that said lately that they do not offer it.
    public RetryBudget searches() {
        return searches;
    }

    public SecondOpinions opinions() {
        return opinions;
    }

    public RateLimit leaders() {
        return leaders;
    }

    public GroupMode mode(String group) {
        return modes.computeIfAbsent(group, name -> new GroupMode(chain, name));
    }
}
