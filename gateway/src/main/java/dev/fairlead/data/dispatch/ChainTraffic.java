package dev.fairlead.data.dispatch;

import dev.fairlead.core.telemetry.Events;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// One chain's traffic through this gateway, shared by all event loops.
final class ChainTraffic {
    private final String chain;
    private final HeadFloor floor = new HeadFloor();
    private final Sends sends = new Sends();
    private final RetryBudget retries;
    private final RetryBudget opinions;
    private final Rate leaders;
    private final AtomicInteger resting = new AtomicInteger();
    private final Map<String, Tier> modes = new ConcurrentHashMap<>();

    ChainTraffic(String chain, long now) {
        this.chain = chain;
        this.retries = new RetryBudget(now);
        this.opinions = new RetryBudget(now);
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

    /// What second opinions may cost.
    RetryBudget opinions() {
        return opinions;
    }

    Rate leaders() {
        return leaders;
    }

    /// Tells of panic and last resort once when they begin and once when they end.
    void mode(String group, Tier now, Events events) {
        Tier before = modes.getOrDefault(group, Tier.OWN);
        if (before == now || !swap(group, before, now)) return;
        if (before == Tier.PANIC) events.panic(chain, group, false);
        if (now == Tier.PANIC) events.panic(chain, group, true);
        boolean wasLast = before == Tier.LAST_RESORT;
        boolean isLast = now == Tier.LAST_RESORT;
        if (wasLast != isLast) events.lastResort(chain, isLast);
    }

    private boolean swap(String group, Tier before, Tier now) {
        Tier absent = modes.putIfAbsent(group, now);
        return absent == null || modes.replace(group, before, now);
    }
}
