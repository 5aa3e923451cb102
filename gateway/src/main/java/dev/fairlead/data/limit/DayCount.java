package dev.fairlead.data.limit;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/// What was taken of one day's quota. May be used from any thread, without locks.
public final class DayCount {
    /// Per cent of a quota at which operators are told.
    private static final int[] TOLD_AT = {75, 85, 100};

    private final AtomicReference<Day> day = new AtomicReference<>(new Day(Long.MIN_VALUE));

    private record Day(long number, AtomicLong used) {
        Day(long number) {
            this(number, new AtomicLong());
        }

        /// Around midnight one thread may have looked at the clock a moment before another one.
        boolean isOf(long today) {
            return number == today || number == today + 1;
        }
    }

    /// Takes credits of the day, unless there are fewer left.
    ///
    /// @param quota 0 is no bound
    /// @return what is used with them, or -1 when nothing was taken
    public long take(long today, long credits, long quota) {
        AtomicLong used = day(today).used;
        if (quota <= 0) return used.addAndGet(credits);
        while (true) {
            long before = used.get();
            if (credits > quota - before) return -1;
            if (used.compareAndSet(before, before + credits)) return before + credits;
        }
    }

    public void giveBack(long today, long credits) {
        Day present = present();
        if (present.isOf(today)) present.used.updateAndGet(used -> Math.max(0, used - credits));
    }

    public boolean isOf(long today) {
        return present().isOf(today);
    }

    public long used(long today) {
        Day present = present();
        return present.isOf(today) ? present.used.get() : 0;
    }

    /// Tells of each share of the quota that is passed from `before` to `after`, in per cent.
    public static void passed(long before, long after, long quota, IntConsumer told) {
        if (quota <= 0) return;
        for (int percent : TOLD_AT) {
            if (before * 100 < quota * percent && after * 100 >= quota * percent) told.accept(percent);
        }
    }

    private Day present() {
        return Objects.requireNonNull(day.get());
    }

    private Day day(long today) {
        while (true) {
            Day present = present();
            if (present.isOf(today)) return present;
            var next = new Day(today);
            if (day.compareAndSet(present, next)) return next;
        }
    }
}
