package dev.fairlead.data.dispatch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// One chain's traffic through this gateway, shared by all event loops.
final class ChainTraffic {
    private final String chain;
    private final HeadFloor floor = new HeadFloor();
    private final Sends sends = new Sends();
    private final RetryBudget retries;
    private final SecondOpinions opinions;
    private final RetryBudget searches;
    private final Rate leaders;
    private final AtomicInteger resting = new AtomicInteger();
    private final Map<String, GroupMode> modes = new ConcurrentHashMap<>();

    ChainTraffic(String chain, long now) {
        this.chain = chain;
        this.retries = new RetryBudget(now);
        this.opinions = new SecondOpinions(now);
        this.searches = new RetryBudget(now);
        this.leaders = new Rate(now);
    }

    HeadFloor floor() {
        return floor;
    }

    Sends sends() {
        return sends;
    }

    /// One more call waits until nodes that asked to be left alone may be asked again.
    ///
    /// @return false when `most` wait already
    boolean rests(int most) {
        if (resting.incrementAndGet() <= most) return true;
        resting.decrementAndGet();
        return false;
    }

    void rested() {
        resting.decrementAndGet();
    }

    /// Calls that wait so.
    int resting() {
        return resting.get();
    }

    RetryBudget retries() {
        return retries;
    }

    /// What looking for a method may cost at nodes that said lately that they do not offer it.
    RetryBudget searches() {
        return searches;
    }

    SecondOpinions opinions() {
        return opinions;
    }

    Rate leaders() {
        return leaders;
    }

    GroupMode mode(String group) {
        return modes.computeIfAbsent(group, name -> new GroupMode(chain, name));
    }
}
