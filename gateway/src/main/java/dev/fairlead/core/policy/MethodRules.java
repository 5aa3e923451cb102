package dev.fairlead.core.policy;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.policy.MethodDecision.Closed;
import dev.fairlead.core.policy.MethodDecision.Open;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What one tenant may call on one chain. What is denied anywhere is closed; what is allowed anywhere, or named by a
/// route or a group, is open; of all else the preset decides.
public final class MethodRules {
    private final List<Pattern> deny;
    private final List<Pattern> allow;
    private final List<Route> routes;
    private final Preset preset;
    private final MethodRule presetRule;
    /// Methods of the table alone, so that callers cannot make it grow.
    private final Map<String, MethodDecision> known = new ConcurrentHashMap<>();

    /// @param key where the pattern is declared
    record Pattern(String key, MethodPattern pattern) {
        MethodRule rule() {
            return new MethodRule(key, pattern.text());
        }
    }

    /// @param presetKey where the preset is declared
    MethodRules(List<Pattern> deny, List<Pattern> allow, List<Route> routes, Preset preset, String presetKey) {
        this.deny = List.copyOf(deny);
        this.allow = List.copyOf(allow);
        this.routes = List.copyOf(routes);
        this.preset = preset;
        this.presetRule = new MethodRule(presetKey, preset.word());
    }

    public MethodDecision of(Method method) {
        MethodDecision decided = known.get(method.name());
        if (decided != null) return decided;
        decided = decide(method);
        if (MethodTable.isListed(method.name())) known.put(method.name(), decided);
        return decided;
    }

    public Preset preset() {
        return preset;
    }

    private MethodDecision decide(Method method) {
        String name = method.name();
        for (Pattern denied : deny) if (denied.pattern().matches(name)) return new Closed(denied.rule(), true);
        Route route = route(name);
        String group = route == null ? null : route.group();
        for (Pattern allowed : allow) if (allowed.pattern().opens(method)) return new Open(allowed.rule(), group);
        if (route != null) {
            MethodPattern routed = opening(route, method);
            if (routed != null) return new Open(new MethodRule(route.key() + ".methods", routed.text()), group);
        }
        return preset.opens(method) ? new Open(presetRule, group) : new Closed(presetRule, false);
    }

    /// What sends the method's calls to a group; null where the groups' own methods decide.
    public @Nullable Route route(String method) {
        for (Route route : routes) if (route.takes(method)) return route;
        return null;
    }

    private static @Nullable MethodPattern opening(Route route, Method method) {
        for (MethodPattern pattern : route.methods()) if (pattern.opens(method)) return pattern;
        return null;
    }
}
