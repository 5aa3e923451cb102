package dev.fairlead.config;

import dev.fairlead.config.file.FileReading;
import dev.fairlead.core.policy.Credits;
import dev.fairlead.core.policy.MethodPattern;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A table from methods, or their beginnings with a star, to credits.
public record CreditMap() implements ValueType<Credits> {
    private static final MapOf<Long> WEIGHTS = new MapOf<>(
            "table of credits",
            "eth_getLogs = 75",
            Pattern.compile(MethodPattern.FORM),
            "a method, or the beginning of some with a star in quotes: \"debug_*\"",
            _ -> false,
            Scalars.whole(0, 1_000_000),
            1_000);

    @Override
    public @Nullable Credits read(RawValue raw, FileReading reading) {
        Map<String, Long> weights = WEIGHTS.read(raw, reading);
        return weights == null ? null : new Credits(weights);
    }

    @Override
    public String show(Credits credits) {
        return WEIGHTS.show(new TreeMap<>(credits.weights()));
    }

    @Override
    public boolean secret() {
        return WEIGHTS.secret();
    }

    @Override
    public String kind() {
        return WEIGHTS.kind();
    }

    @Override
    public Map<String, Object> schema() {
        return WEIGHTS.schema();
    }
}
