package dev.fairlead.control.admin;

import dev.fairlead.control.admin.http.AdminAnswer;
import dev.fairlead.control.admin.http.AdminRequest;
import dev.fairlead.control.admin.http.AdminRoute;
import dev.fairlead.control.admin.http.Problem;
import dev.fairlead.control.admin.http.Problem.Kind;
import dev.fairlead.control.admin.view.KeyUsageView;
import dev.fairlead.control.admin.view.TenantUsageView;
import dev.fairlead.control.operate.MergedTenants;
import dev.fairlead.control.store.KeyPlace;
import dev.fairlead.control.store.TenantDays;
import dev.fairlead.control.store.UseMemory;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.usage.KeyUse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The part of the admin API that tells what tenants and keys took.
record UsageApi(AdminParts parts) {
    private static final String TENANTS = "/api/v1/usage/tenants";
    private static final String KEYS = "/api/v1/usage/keys";
    private static final int PAGE = 1_000;

    List<AdminRoute> routes() {
        return List.of(
                new AdminRoute(
                                "GET",
                                TENANTS,
                                "what each tenant took today; ?after=&limit=",
                                List.of("after", "limit"),
                                this::tenants)
                        .asList(),
                new AdminRoute(
                                "GET",
                                TENANTS + "/{tenant}",
                                "what one tenant took, day by day, today first; ?days=",
                                List.of("days"),
                                this::tenant)
                        .asList(),
                new AdminRoute(
                                "GET",
                                KEYS,
                                "what came today of the calls of each key; ?tenant=&after=&limit=",
                                List.of("tenant", "after", "limit"),
                                this::keys)
                        .asList());
    }

    private AdminAnswer tenants(AdminRequest ask) {
        String after = ask.query("after");
        return ask.number("limit", PAGE, 1, PAGE).then(limit -> {
            LocalDate today = parts.usage().today();
            TenantDays uses = parts.usage().tenants(today, null);
            Map<String, Long> credits =
                    uses.credits().stream().collect(Collectors.toMap(DayUse::tenant, DayUse::credits, Math::max));
            Map<String, KeyUse> calls =
                    uses.calls().stream().collect(Collectors.toMap(KeyUse::tenant, use -> use, KeyUse::plus));
            var names = new TreeSet<>(calls.keySet());
            names.addAll(credits.keySet());
            declared().plan().tenants().stream().map(TenantPlan::name).forEach(names::add);
            return AdminAnswer.json(
                    200,
                    names.stream()
                            .filter(name -> after == null || name.compareTo(after) > 0)
                            .limit(limit)
                            .map(name -> today(
                                    calls.getOrDefault(name, KeyUse.none(name, KeyUse.ALL, today)),
                                    credits.getOrDefault(name, 0L)))
                            .toList());
        });
    }

    private AdminAnswer tenant(AdminRequest ask) {
        String name = ask.pathParameters().getOrDefault("tenant", "");
        return ask.number("days", 1, 1, UseMemory.KEPT_DAYS).then(days -> {
            LocalDate today = parts.usage().today();
            TenantDays uses = parts.usage().tenants(today.minusDays(days - 1), name);
            if (!policy().hasTenant(name)
                    && uses.calls().isEmpty()
                    && uses.credits().isEmpty()) {
                return AdminAnswer.problem(
                        Problem.of(Kind.UNKNOWN, "there is no such tenant", "GET /api/v1/tenants lists them"));
            }
            var calls = new TreeMap<LocalDate, KeyUse>(Comparator.reverseOrder());
            calls.put(today, KeyUse.none(name, KeyUse.ALL, today));
            for (DayUse use : uses.credits()) {
                calls.putIfAbsent(use.day(), KeyUse.none(name, KeyUse.ALL, use.day()));
            }
            for (KeyUse use : uses.calls()) calls.put(use.day(), use);
            Map<LocalDate, Long> credits = new HashMap<>();
            for (DayUse use : uses.credits()) credits.put(use.day(), use.credits());
            return AdminAnswer.json(
                    200,
                    calls.values().stream()
                            .map(use -> use.day().equals(today)
                                    ? today(use, credits.getOrDefault(today, 0L))
                                    : past(use, credits.getOrDefault(use.day(), 0L)))
                            .toList());
        });
    }

    private TenantUsageView today(KeyUse use, long credits) {
        Instant tomorrow = use.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return TenantUsageView.today(
                use, isPublic(use) ? null : credits, policy().daily(new Tenant(use.tenant())), tomorrow);
    }

    /// The last seconds of a day may be missing in what was written of its quota.
    private static TenantUsageView past(KeyUse use, long credits) {
        return TenantUsageView.past(use, isPublic(use) ? null : Math.max(credits, use.credits()));
    }

    private static boolean isPublic(KeyUse use) {
        return use.tenant().equals(Tenant.PUBLIC.name());
    }

    private AdminAnswer keys(AdminRequest ask) {
        String tenant = ask.query("tenant");
        if (tenant != null && !policy().hasTenant(tenant)) {
            return AdminAnswer.problem(
                    Problem.of(Kind.UNKNOWN, "there is no such tenant", "GET /api/v1/tenants lists them"));
        }
        KeyPlace after = KeyPlace.of(ask.query("after"), tenant);
        return ask.number("limit", PAGE, 1, PAGE).then(limit -> {
            int most = Math.toIntExact(limit);
            var all = new TreeMap<KeyPlace, KeyUse>();
            addDeclared(all, tenant, after, most);
            for (KeyUse use : parts.usage().keys(tenant, after, most)) {
                all.merge(new KeyPlace(use.tenant(), use.key()), use, KeyUse::plus);
            }
            return AdminAnswer.json(
                    200, all.values().stream().limit(most).map(KeyUsageView::of).toList());
        });
    }

    /// An alias has several keys now and then.
    private void addDeclared(Map<KeyPlace, KeyUse> all, @Nullable String tenant, KeyPlace after, int most) {
        KeyPlace last = after;
        while (all.size() < most) {
            List<ApiKey> keys = declared().keys().after(last.tenant(), last.alias(), most);
            for (ApiKey key : keys) {
                last = new KeyPlace(key.tenant(), key.alias());
                if (tenant != null && !tenant.equals(key.tenant())) return;
                all.merge(last, unused(key, parts.usage().today()), KeyUse::plus);
            }
            if (keys.isEmpty()) return;
        }
    }

    /// When a key was last used is known best by the gateway that saw it.
    private KeyUse unused(ApiKey key, LocalDate today) {
        Instant last = parts.lastUsed().apply(key).orElse(null);
        return new KeyUse(key.tenant(), key.alias(), today, 0, 0, Map.of(), 0, last);
    }

    private AccessPolicy policy() {
        return parts.operator().policies().now();
    }

    private MergedTenants declared() {
        return parts.operator().tenants().now();
    }
}
