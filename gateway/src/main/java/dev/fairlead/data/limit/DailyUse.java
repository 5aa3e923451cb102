package dev.fairlead.data.limit;

import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.telemetry.Events;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What each tenant took today, in credits; a day begins at 00:00 UTC. One for the whole gateway; may be used from any
/// thread. Callers without a key are not counted, so that there are no more
/// entries than tenants that called on one day.
public final class DailyUse {
    private static final long DAY = Duration.ofDays(1).toSeconds();

    /// Per cent of a quota at which operators are told.
    private static final int[] TOLD_AT = {75, 85, 100};

    private final InstantSource clock;
    private final Events events;
    private final Map<String, TenantDay> days = new ConcurrentHashMap<>();

    public DailyUse(InstantSource clock, Events events) {
        this.clock = clock;
        this.events = events;
    }

    /// What was counted before a restart. Of days before today nothing is kept.
    public void restore(List<DayUse> before) {
        long today = today();
        for (DayUse use : before) {
            if (use.day().toEpochDay() == today) day(use.tenant()).take(today, use.credits(), 0);
        }
    }

    /// What every tenant that has called today took. The days of the others are forgotten.
    public List<DayUse> uses() {
        long today = today();
        days.values().removeIf(day -> !day.isOf(today));
        var uses = new ArrayList<DayUse>();
        days.forEach((tenant, day) -> uses.add(new DayUse(tenant, LocalDate.ofEpochDay(today), day.used(today))));
        return List.copyOf(uses);
    }

    /// Takes credits of the tenant's day, unless it has fewer left.
    ///
    /// @param quota how many it has a day; 0 is no bound
    /// @return false, and nothing is taken, when it has fewer left
    boolean take(Tenant tenant, long credits, long quota) {
        long after = day(tenant.name()).take(today(), credits, quota);
        if (after < 0) return false;
        if (quota > 0) tell(tenant, after - credits, after, quota);
        return true;
    }

    private void tell(Tenant tenant, long before, long after, long quota) {
        for (int percent : TOLD_AT) {
            boolean isCrossed = before * 100 < quota * percent && after * 100 >= quota * percent;
            if (isCrossed) events.quota(tenant.name(), percent, quota);
        }
    }

    /// Gives back what was taken for a call that was refused after all.
    void giveBack(Tenant tenant, long credits) {
        day(tenant.name()).giveBack(today(), credits);
    }

    /// Until the day ends.
    Duration untilTomorrow() {
        return Duration.ofSeconds(DAY - Math.floorMod(clock.instant().getEpochSecond(), DAY));
    }

    private TenantDay day(String tenant) {
        return days.computeIfAbsent(tenant, _ -> new TenantDay());
    }

    private long today() {
        return Math.floorDiv(clock.instant().getEpochSecond(), DAY);
    }

    private static final class TenantDay {
        private long day;
        private long used;

        /// @return what is used with it, or -1 when it would be more than the quota
        synchronized long take(long today, long credits, long quota) {
            if (day != today) {
                day = today;
                used = 0;
            }
            if (quota > 0 && credits > quota - used) return -1;
            used += credits;
            return used;
        }

        synchronized void giveBack(long today, long credits) {
            if (day == today) used = Math.max(0, used - credits);
        }

        synchronized boolean isOf(long today) {
            return day == today;
        }

        synchronized long used(long today) {
            return day == today ? used : 0;
        }
    }
}
