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
    private final UtcDay clock;
    private final Events events;
    private final Map<String, DayCount> days = new ConcurrentHashMap<>();

    public DailyUse(InstantSource clock, Events events) {
        this.clock = new UtcDay(clock);
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
        DayCount.passed(after - credits, after, quota, percent -> events.quota(tenant.name(), percent, quota));
        return true;
    }

    /// Gives back what was taken for a call that was refused after all.
    void giveBack(Tenant tenant, long credits) {
        day(tenant.name()).giveBack(today(), credits);
    }

    /// Until the day ends.
    Duration untilTomorrow() {
        return clock.untilTomorrow();
    }

    private DayCount day(String tenant) {
        return days.computeIfAbsent(tenant, _ -> new DayCount());
    }

    private long today() {
        return clock.today();
    }
}
