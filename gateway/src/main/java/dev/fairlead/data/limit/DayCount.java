package dev.fairlead.data.limit;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/// What was taken of one day's quota. May be used from any thread, without locks.
public final class DayCount {
    /// Per cent of a quota at which operators are told.
    private static final int[] TOLD_AT = {75, 85, 100};

    private final AtomicReference<Day> day = new AtomicReference<>(new Day(Long.MIN_VALUE, 0));

    /// What operators were told of a day.
    ///
    /// @param quota of which; another one is told of anew
    /// @param shares how many of [#TOLD_AT]
    private record Told(long quota, int shares) {
        static final Told NOTHING = new Told(0, 0);
    }

    /// @param before what was counted before a restart, and told then
    private record Day(long number, AtomicLong used, AtomicReference<Told> told, long before) {
        Day(long number, long before) {
            this(number, new AtomicLong(before), new AtomicReference<>(Told.NOTHING), before);
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

    /// Counts what was taken before a restart.
    public void restore(long today, long credits) {
        day.set(new Day(today, credits));
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

    /// Tells of each share of the quota that is used, in per cent, once a day. To be called when what was taken is not
    /// given back any more.
    public void tell(long today, long quota, IntConsumer told) {
        Day present = present();
        if (quota <= 0 || !present.isOf(today)) return;
        while (true) {
            Told before = Objects.requireNonNull(present.told.get());
            int known = before.quota == quota ? before.shares : atFirst(before, present.before, quota);
            int shares = shares(present.used.get(), quota, known);
            if (before.quota == quota && shares == known) return;
            if (!present.told.compareAndSet(before, new Told(quota, shares))) continue;
            for (int i = known; i < shares; i++) told.accept(TOLD_AT[i]);
            return;
        }
    }

    private Day present() {
        return Objects.requireNonNull(day.get());
    }

    private static int atFirst(Told before, long credits, long quota) {
        return before.quota == 0 ? shares(credits, quota, 0) : 0;
    }

    /// @param least how many of them are known to be used
    private static int shares(long used, long quota, int least) {
        int shares = least;
        while (shares < TOLD_AT.length && used * 100 >= quota * TOLD_AT[shares]) shares++;
        return shares;
    }

    private Day day(long today) {
        while (true) {
            Day present = present();
            if (present.isOf(today)) return present;
            var next = new Day(today, 0);
            if (day.compareAndSet(present, next)) return next;
        }
    }
}
