package dev.fairlead.data.load;

import dev.fairlead.core.policy.CallRate;
import java.util.Arrays;

/// Counts what was asked of a node lately, so that no stretch of time of the rate's length gets more than the rate,
/// wherever it begins. Times are counted in twentieths of the length, and rounded to the safe side. Used under a lock.
final class RateWindow {
    private static final int PARTS = 20;
    static final long NEVER = Long.MAX_VALUE;

    private final CallRate rate;
    private final long part;
    /// The present part and those before it that may still count, each at its number modulo their count.
    private final long[] taken = new long[PARTS + 1];
    private long present;
    private long sum;

    RateWindow(CallRate rate, long now) {
        this.rate = rate;
        this.part = Math.max(1, rate.window().toNanos() / PARTS);
        this.present = Math.floorDiv(now, part);
    }

    boolean isOf(CallRate other) {
        return rate.equals(other);
    }

    boolean take(long credits, long now) {
        advance(now);
        if (credits > rate.credits() - sum) return false;
        taken[at(present)] += credits;
        sum += credits;
        return true;
    }

    /// Gives back what was taken just now.
    void giveBack(long credits, long now) {
        advance(now);
        long back = Math.min(credits, taken[at(present)]);
        taken[at(present)] -= back;
        sum -= back;
    }

    /// Nanoseconds until there is room for so many; 0 when there is.
    long waitFor(long credits, long now) {
        advance(now);
        if (credits > rate.credits()) return NEVER;
        long left = rate.credits() - sum;
        for (long oldest = present - PARTS; oldest <= present && left < credits; oldest++) {
            left += taken[at(oldest)];
            if (left >= credits) return (oldest + PARTS + 1) * part - now;
        }
        return 0;
    }

    private void advance(long now) {
        long next = Math.floorDiv(now, part);
        if (next - present > PARTS) {
            Arrays.fill(taken, 0);
            sum = 0;
        } else {
            for (long fresh = present + 1; fresh <= next; fresh++) {
                sum -= taken[at(fresh)];
                taken[at(fresh)] = 0;
            }
        }
        present = Math.max(present, next);
    }

    private static int at(long number) {
        return Math.floorMod(number, PARTS + 1);
    }
}
