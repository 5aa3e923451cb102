package dev.fairlead.config;

import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One key of the configuration, described once: strictness, defaults, the JSON Schema, the reference page and the
/// reload log all come from here.
///
/// @param of how the value is read from the table's record, whose DEFAULT has the default
/// @param meaning one sentence for the operator
/// @param fallback the default in words, where it is not one value; or null
/// @param restart whether a change takes effect at the next start only
/// @param kept whether, for this change from one record to the next, the old value stays until the next start
public record Key<R, T>(
        String name,
        ValueType<T> type,
        Function<R, @Nullable T> of,
        String meaning,
        @Nullable String fallback,
        boolean required,
        boolean restart,
        BiPredicate<R, R> kept) {
    public Key(String name, ValueType<T> type, Function<R, @Nullable T> of, String meaning) {
        this(name, type, of, meaning, null, false, false, (_, _) -> false);
    }

    public Key<R, T> needed() {
        return new Key<>(name, type, of, meaning, fallback, true, restart, kept);
    }

    public Key<R, T> atNextStart() {
        return new Key<>(name, type, of, meaning, fallback, required, true, kept);
    }

    public Key<R, T> otherwise(String words) {
        return new Key<>(name, type, of, meaning, words, required, restart, kept);
    }

    /// Some values must stay until the next start together with what they protect.
    public Key<R, T> keptWhere(BiPredicate<R, R> where) {
        return new Key<>(name, type, of, meaning, fallback, required, restart, where);
    }

    /// The value that a running gateway can take over.
    @Nullable
    T applicable(R before, R after) {
        return type.applicable(of.apply(before), of.apply(after), needsRestart(before, after));
    }

    private boolean needsRestart(R before, R after) {
        return restart || kept.test(before, after);
    }

    void compare(R before, R after, DifferenceLines lines) {
        T was = of.apply(before);
        T is = of.apply(after);
        if (was == null ? is != null : !was.equals(is))
            type.compare(was, is, lines.at(name, needsRestart(before, after)));
    }

    /// The default of a table with these defaults, as the reference page shows it.
    public String shownDefault(R defaults) {
        if (required) return "required";
        if (fallback != null) return fallback;
        T value = of.apply(defaults);
        return value == null ? "none" : "`" + type.literal(value) + "`";
    }
}
