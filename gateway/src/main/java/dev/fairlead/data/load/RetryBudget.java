package dev.fairlead.data.load;

import java.util.concurrent.atomic.AtomicLong;

/// Keeps retries from flooding nodes that fail already: retries may be a share of the calls, and a few each
/// second in any case, so that single failures are always retried. Thread-safe; once the bucket is full, a
/// call without a retry only reads.
public final class RetryBudget {
    /// Tokens are kept in thousandths.
    private static final long TOKEN = 1000;

    private static final long FULL = 100 * TOKEN;
    private static final long FLOOR_PER_SECOND = 10 * TOKEN;
    private static final double SECOND = 1e9;

    private final AtomicLong tokens = new AtomicLong(FULL);
    private final AtomicLong filledAt;

    public RetryBudget(long now) {
        this.filledAt = new AtomicLong(now);
    }

    public void called(double share) {
        if (tokens.get() < FULL) tokens.addAndGet((long) (share * TOKEN));
    }

    public boolean retry(long now) {
        fill(now);
        while (true) {
            long left = tokens.get();
            if (left < TOKEN) return false;
            if (tokens.compareAndSet(left, left - TOKEN)) return true;
        }
    }

    private void fill(long now) {
        long last = filledAt.get();
        long grown = (long) ((now - last) / SECOND * FLOOR_PER_SECOND);
        if (grown < TOKEN || !filledAt.compareAndSet(last, now)) return;
        tokens.updateAndGet(left -> Math.max(left, Math.min(FULL, left + grown)));
    }
}
