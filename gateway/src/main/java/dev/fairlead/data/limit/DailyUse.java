package dev.fairlead.data.limit;

import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.core.usage.SharedDays;
import dev.fairlead.core.usage.UntoldUse;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What each tenant took today, in credits; a day begins at 00:00 UTC. One for the whole gateway; may be used
/// from any thread. Callers without a key are not counted, so that there are no more entries than tenants that
/// called on one day.
public final class DailyUse implements SharedDays {
    /// After this time a call that waits for a lease finds it; it is kept for longer.
    static final Duration AGREED = Duration.ofSeconds(1);

    /// What callers are told whose day is spent.
    public static final String SPENT = "you have called as much as you may in a day; days begin at 00:00 UTC";

    private final UtcDay clock;
    private final Events events;
    private final Map<String, TenantDay> days = new ConcurrentHashMap<>();
    private volatile int gateways = 1;
    private volatile boolean isReached;

    public DailyUse(InstantSource clock, Events events) {
        this.clock = new UtcDay(clock);
        this.events = events;
    }

    /// What was counted before a restart. Of days before today nothing is kept.
    public void restore(List<DayUse> before) {
        long today = today();
        for (DayUse use : before) {
            if (use.day().toEpochDay() == today) day(use.tenant()).learn(today, use.credits());
        }
    }

    /// Calls of these tenants were refused for today before a restart, of which operators were told then.
    public void restoreSpent(Collection<String> tenants) {
        for (String tenant : tenants) day(tenant).learnSpent(today());
    }

    /// So many gateways take of the same days: each takes what it leases of what is left.
    public void shareAmong(int many) {
        if (many <= 1 && gateways > 1) days.values().forEach(TenantDay::dropLease);
        gateways = Math.max(1, many);
        isReached = true;
    }

    /// So many gateways take of the same days, and cannot hear of each other: each keeps to its part of what is
    /// left.
    public void keepToPart(int many) {
        gateways = Math.max(1, many);
        isReached = false;
        days.values().forEach(TenantDay::dropLease);
    }

    /// Whether the others have something to be told, or to be asked for.
    public boolean isUntold() {
        long today = today();
        for (TenantDay day : days.values()) if (day.isUntold(today)) return true;
        return false;
    }

    /// Whether they should be told or asked at once, because little is left, or a call waits.
    public boolean isPressing() {
        int many = gateways;
        long today = today();
        for (TenantDay day : days.values()) {
            if (day.isPressing(today, many) || day.isLeasePressing(today, many)) return true;
        }
        return false;
    }

    @Override
    public boolean isPressing(int gateways) {
        long today = today();
        for (TenantDay day : days.values()) if (day.isPressing(today, gateways)) return true;
        return false;
    }

    /// Of today, and of a day that ended before all was told.
    @Override
    public List<UntoldUse> untold() {
        long today = today();
        var untold = new ArrayList<UntoldUse>();
        days.forEach((tenant, day) -> untold.addAll(day.tell(tenant, today)));
        return untold;
    }

    /// Of today, for those who ask what others took of it: nothing new.
    public List<UntoldUse> looks() {
        long today = today();
        var looks = new ArrayList<UntoldUse>();
        days.forEach((tenant, day) -> {
            if (day.isOf(today)) looks.add(day.look(tenant));
        });
        return looks;
    }

    /// What this gateway holds of days, and needs beside, for the others to know. To be asked for before
    /// [#untold]: what calls take meanwhile counts twice for a moment rather than not.
    ///
    /// @param nanos by a clock that does not go back
    public List<DayNeed> needs(long nanos) {
        int many = gateways;
        if (many == 1) return List.of();
        long today = today();
        var needs = new ArrayList<DayNeed>();
        days.forEach((tenant, day) -> {
            DayNeed need = day.need(tenant, today, many, nanos);
            if (need != null) needs.add(need);
        });
        return needs;
    }

    /// What it got of the day that others were told of, and what they hold.
    public void granted(UntoldUse use, long credits, long heldByOthers) {
        day(use.tenant()).granted(use, credits, heldByOthers);
    }

    @Override
    public void told(UntoldUse news, long total) {
        day(news.tenant()).told(news, total);
    }

    @Override
    public void notTold(UntoldUse news) {
        day(news.tenant()).notTold(news);
    }

    /// What every tenant that has called today took. The days of the others are forgotten.
    @Override
    public List<DayUse> uses() {
        long today = today();
        days.values().removeIf(day -> day.isOver(today));
        var uses = new ArrayList<DayUse>();
        days.forEach((tenant, day) -> {
            if (day.isOf(today)) uses.add(new DayUse(tenant, LocalDate.ofEpochDay(today), day.used(today)));
        });
        return List.copyOf(uses);
    }

    /// Takes credits of the tenant's day, unless it has fewer left.
    ///
    /// @param quota how many it has a day; 0 is no bound
    /// @return false, and nothing is taken, when it has fewer left, or this gateway has not leased them yet
    boolean take(Tenant tenant, long credits, long quota) {
        return day(tenant.name()).take(today(), credits, quota, gateways, isReached);
    }

    /// How long a call that was refused should wait: until gateways have agreed about what is left, or until
    /// tomorrow.
    Duration untilLeft(Tenant tenant, long credits, long quota) {
        return day(tenant.name()).isSpent(credits, quota) ? clock.untilTomorrow() : AGREED;
    }

    /// Tells operators how much of its day the tenant has used, once nothing is given back any more.
    void tell(Tenant tenant, long quota) {
        if (quota <= 0) return;
        for (int percent : day(tenant.name()).crossed(quota)) events.quota(tenant.name(), percent, quota);
    }

    /// Tells operators once that the day is spent, when a call was refused because there is not as much left of
    /// it.
    void tellRefused(Tenant tenant, long credits, long quota) {
        for (int percent : day(tenant.name()).spent(credits, quota)) events.quota(tenant.name(), percent, quota);
    }

    /// Gives back what was taken for a call that was refused after all.
    void giveBack(Tenant tenant, long credits) {
        day(tenant.name()).giveBack(today(), credits, isReached && gateways > 1);
    }

    private TenantDay day(String tenant) {
        TenantDay known = days.get(tenant);
        return known != null ? known : days.computeIfAbsent(tenant, _ -> new TenantDay());
    }

    private long today() {
        return clock.today();
    }
}
