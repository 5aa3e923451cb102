package dev.fairlead.core.logs;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much one caller's queries for logs may ask on one chain. Each cap is taken from the first place that says it.
public final class LogRules {
    public static final LogRules NONE = new LogRules(List.of());

    /// Stands for no bound.
    public static final long UNBOUNDED = Long.MAX_VALUE;

    private final Map<LogCap, Rule> rules = new EnumMap<>(LogCap.class);

    /// @param key of the table that says it, `policy.logs`
    public record Place(String key, LogCaps caps) {}

    /// A cap that counts.
    ///
    /// @param key where it is declared, `policy.logs.blocks`
    public record Rule(LogCap cap, long most, String key) {}

    /// @param places the closest first
    public LogRules(List<Place> places) {
        for (LogCap cap : LogCap.values()) {
            for (Place place : places) {
                Long most = place.caps().of(cap);
                if (most == null) continue;
                if (most > 0) rules.put(cap, new Rule(cap, most, place.key() + "." + cap.word()));
                break;
            }
        }
    }

    /// Those that count for a method.
    public List<Rule> of(LogMethod method) {
        return rules.values().stream()
                .filter(rule -> rule.cap() == LogCap.RESULTS ? method.hasResults() : method.hasFilter())
                .toList();
    }

    /// Whether nothing is bounded.
    public boolean isNone() {
        return rules.isEmpty();
    }

    public boolean has(LogCap cap) {
        return rules.containsKey(cap);
    }

    /// [#UNBOUNDED] for no bound.
    public long most(LogCap cap) {
        Rule rule = rules.get(cap);
        return rule == null ? UNBOUNDED : rule.most();
    }

    /// Null for no bound.
    public @Nullable Rule rule(LogCap cap) {
        return rules.get(cap);
    }
}
