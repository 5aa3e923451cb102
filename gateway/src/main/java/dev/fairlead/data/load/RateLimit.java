package dev.fairlead.data.load;

import java.util.concurrent.atomic.AtomicLong;

/// Allows so many a second, with bursts of one second's worth. Thread-safe without locks: the only state is
/// when the next permit falls due.
public final class RateLimit {
    private static final double SECOND = 1e9;

    private final AtomicLong due;

    public RateLimit(long now) {
        this.due = new AtomicLong(now - (long) SECOND);
    }

    /// @param perSecond 0 or less is no bound
    public boolean take(double perSecond, long now) {
        if (perSecond <= 0) return true;
        long step = (long) (SECOND / perSecond);
        long burst = Math.max((long) SECOND, step);
        while (true) {
            long before = due.get();
            long earliest = now - burst;
            long from = before - earliest < 0 ? earliest : before;
            if (from + step - now > 0) return false;
            if (due.compareAndSet(before, from + step)) return true;
        }
    }
}
