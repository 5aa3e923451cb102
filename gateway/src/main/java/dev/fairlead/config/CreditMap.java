package dev.fairlead.config;

import dev.fairlead.config.file.FilePlace;
import dev.fairlead.config.file.FileReading;
import dev.fairlead.core.policy.Credits;
import dev.fairlead.core.policy.MethodPattern;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/// A table from methods, or their beginnings with a star, to credits.
public record CreditMap() implements ValueType<Credits> {
    private static final Pattern METHOD = Pattern.compile(MethodPattern.FORM);
    private static final Scalar<Long> WEIGHT = Scalars.whole(0, Credits.MOST_WEIGHT);

    @Override
    public @Nullable Credits read(RawValue raw, FileReading reading) {
        if (!(raw.raw() instanceof TomlTable table)) {
            reading.fault(raw.place(), "expected a table, { eth_getLogs = 75 }, found " + raw.described(false));
            return null;
        }
        if (table.size() > Credits.MOST) {
            reading.fault(raw.place(), "expected at most " + Credits.MOST + " methods, found " + table.size());
            return null;
        }
        var weights = new LinkedHashMap<String, Long>();
        for (Map.Entry<String, Object> entry : table.entrySet()) {
            String method = entry.getKey();
            FilePlace at = raw.place().key(method, reading.positionOf(table, method, raw.place()));
            if (!METHOD.matcher(method).matches()) {
                reading.fault(at, "expected a method, or the beginning of some with a star in quotes: \"debug_*\"");
            }
            Long weight = WEIGHT.read(new RawValue(entry.getValue(), at), reading);
            if (weight != null) weights.put(method, weight);
        }
        return new Credits(weights);
    }

    @Override
    public String show(Credits credits) {
        if (credits.weights().isEmpty()) return "{}";
        return new TreeMap<>(credits.weights())
                .entrySet().stream()
                        .map(weight -> literal(weight.getKey()) + " = " + weight.getValue())
                        .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String literal(String method) {
        return method.endsWith("*") ? "\"" + method + "\"" : method;
    }

    @Override
    public boolean secret() {
        return false;
    }

    @Override
    public String kind() {
        return "table of credits";
    }

    @Override
    public Map<String, Object> schema() {
        return Schemas.of(
                "type",
                "object",
                "propertyNames",
                Schemas.of("pattern", "^(" + MethodPattern.FORM + ")$"),
                "additionalProperties",
                WEIGHT.schema(),
                "maxProperties",
                Credits.MOST);
    }
}
