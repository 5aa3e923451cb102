package dev.fairlead.config.keys;

import dev.fairlead.config.file.FileReading;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.policy.ChainAccess;
import dev.fairlead.core.policy.HeavyCalls;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.LimitPreset;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.TenantPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Checks that limits mean something: alone, beside each other, and with what calls take.
final class LimitChecks {
    private static final String BURST = "burst";

    private LimitChecks() {}

    private record Placed(Limit limit, List<String> table, String key) {
        List<String> at(String other) {
            return append(table, other);
        }
    }

    static void run(Settings settings, FileReading reading) {
        PolicyPlan policy = settings.policy();
        List<ChainAccess> chains =
                settings.chains().stream().map(ChainPlan::access).toList();
        var heavy = new HeavyCalls(policy, chains, settings.isOnlyOnLoopback());
        List<Placed> limits = limits(policy);
        for (Placed limit : limits) {
            burst(limit, reading);
            weight(limit, heavy, reading);
            exempt(limit, reading);
        }
        twice(limits, reading);
        for (TenantPlan tenant : policy.tenants()) tenant(tenant, heavy, reading);
    }

    private static List<Placed> limits(PolicyPlan policy) {
        var all = new ArrayList<Placed>();
        for (LimitPreset preset : policy.general().limits()) {
            all.add(new Placed(preset.limit(), List.of("policy"), "limits"));
        }
        for (int i = 0; i < policy.limits().size(); i++) {
            all.add(new Placed(policy.limits().get(i), List.of("limits", "[" + i + "]"), "rate"));
        }
        for (TenantPlan tenant : policy.tenants()) {
            for (Limit limit : tenant.limits()) {
                all.add(new Placed(limit, List.of("tenants", tenant.name()), "rate"));
            }
        }
        return all;
    }

    private static void burst(Placed limit, FileReading reading) {
        List<String> burst = limit.at(BURST);
        if (!limit.limit().isFixed() || !isSaid(burst, reading)) return;
        reading.fault(
                reading.placeOf(burst),
                "expected no burst beside fixed = true, which gives all credits of a window at once; remove one of the two");
    }

    /// A call that takes more than there can ever be would be told to come again for ever. Of a limit by sender
    /// only transactions take something, and whether a pattern means those is not known here.
    private static void weight(Placed limit, HeavyCalls heavy, FileReading reading) {
        if (limit.limit().per().contains(Limit.Per.SENDER)) return;
        String fault = heavy.neverAtOnce(limit.limit());
        if (fault == null) return;
        List<String> burst = limit.at(BURST);
        reading.fault(reading.placeOf(isSaid(burst, reading) ? burst : limit.at(limit.key())), fault);
    }

    private static void exempt(Placed limit, FileReading reading) {
        String tenant = limit.limit().tenant();
        if (tenant == null || !limit.limit().exempt().tenants().contains(tenant)) return;
        reading.fault(
                reading.placeOf(limit.at("exempt_tenants")),
                "the limit counts the calls of " + tenant + " alone, and here they are exempt; remove one of the two");
    }

    /// What was taken of both would be one, so that every call would be charged twice.
    private static void twice(List<Placed> limits, FileReading reading) {
        Map<String, Placed> seen = new HashMap<>();
        for (Placed limit : limits) {
            Placed before = seen.putIfAbsent(limit.limit().identity(), limit);
            if (before == null) continue;
            reading.fault(
                    reading.placeOf(limit.at(limit.key())),
                    "the same as " + before.limit().key() + "; remove one");
        }
    }

    private static void tenant(TenantPlan tenant, HeavyCalls heavy, FileReading reading) {
        List<String> table = List.of("tenants", tenant.name());
        List<String> burst = append(table, BURST);
        if (tenant.limits().isEmpty() && isSaid(burst, reading)) {
            reading.fault(reading.placeOf(burst), TenantPlan.BURST_ALONE);
        }
        String fault = heavy.neverInADay(tenant);
        if (fault != null) reading.fault(reading.placeOf(append(table, "daily")), fault);
    }

    private static boolean isSaid(List<String> keys, FileReading reading) {
        return reading.has(keys.toArray(String[]::new));
    }

    private static List<String> append(List<String> keys, String key) {
        var longer = new ArrayList<>(keys);
        longer.add(key);
        return List.copyOf(longer);
    }
}
