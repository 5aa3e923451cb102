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
        return count.take(clock.today(), credits, quota) >= 0;
    }

    /// Once what was taken is not given back for another budget's sake.
    void tell() {
        if (quota > 0) count.tell(clock.today(), Math.max(1, quota - least + 1), told);
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
