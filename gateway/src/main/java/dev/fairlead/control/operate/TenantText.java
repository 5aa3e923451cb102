package dev.fairlead.control.operate;

import dev.fairlead.core.policy.MethodPattern;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.text.CallRates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A tenant's rules in words, for the audit trail and for events.
final class TenantText {
    private static final String NONE = "none";

    /// Patterns are many now and then; the rest is told by their number.
    private static final int TOLD = 20;

    private TenantText() {}

    /// Those it has, separated by commas; empty when it has none.
    static String whole(TenantPlan tenant) {
        return rules(tenant).entrySet().stream()
                .filter(rule -> !rule.getValue().equals(NONE))
                .map(rule -> rule.getKey() + " " + rule.getValue())
                .collect(Collectors.joining(", "));
    }

    /// `rate 100/s → 200/s`, separated by commas; empty when nothing changes.
    static String changes(TenantPlan before, TenantPlan after) {
        Map<String, String> now = rules(after);
        var changes = new ArrayList<String>();
        rules(before).forEach((rule, was) -> {
            String is = now.getOrDefault(rule, NONE);
            if (!was.equals(is)) changes.add(rule + " " + was + " → " + is);
        });
        return String.join(", ", changes);
    }

    private static Map<String, String> rules(TenantPlan tenant) {
        var rules = new LinkedHashMap<String, String>();
        var preset = tenant.methods().preset();
        var rate = tenant.rate();
        Long burst = tenant.burst();
        rules.put("preset", preset == null ? NONE : preset.word());
        rules.put("allow", texts(tenant.methods().allow()));
        rules.put("deny", texts(tenant.methods().deny()));
        rules.put("rate", rate == null ? NONE : CallRates.show(rate));
        rules.put("burst", burst == null ? NONE : burst.toString());
        rules.put("daily", tenant.daily() == 0 ? NONE : Long.toString(tenant.daily()));
        return rules;
    }

    private static String texts(List<MethodPattern> patterns) {
        if (patterns.isEmpty()) return NONE;
        String told = patterns.stream().limit(TOLD).map(MethodPattern::text).collect(Collectors.joining(" "));
        return patterns.size() > TOLD ? told + " and " + (patterns.size() - TOLD) + " more" : told;
    }
}
