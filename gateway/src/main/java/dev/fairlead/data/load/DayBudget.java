package dev.fairlead.data.load;

import dev.fairlead.data.limit.DayCount;
import dev.fairlead.data.limit.UtcDay;
import java.time.Duration;
import java.util.function.IntConsumer;

/// Credits of one day of UTC: those that were taken, against those that there are.
///
/// @param quota 0 is no bound
/// @param least what the cheapest request takes; with less than that left it is spent
/// @param told of each share of the quota that is passed, in per cent
record DayBudget(DayCount count, long quota, long least, UtcDay clock, IntConsumer told) {
    boolean take(long credits) {
        long after = count.take(clock.today(), credits, quota);
        if (after < 0) return false;
        DayCount.passed(after - credits, after, Math.max(0, quota - least + 1), told);
        return true;
    }

    void giveBack(long credits) {
        count.giveBack(clock.today(), credits);
    }

    long used() {
        return count.used(clock.today());
    }

    boolean has(long credits) {
        return quota <= 0 || credits <= quota - used();
    }

    boolean isSpent() {
        return !has(least);
    }

    Duration untilTomorrow() {
        return clock.untilTomorrow();
    }
}
