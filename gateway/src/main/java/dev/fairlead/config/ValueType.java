package dev.fairlead.config;

import dev.fairlead.config.file.FileReading;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a key may hold: how it is read, how it is shown, and how an editor checks it. A type of values knows nothing of
/// the keys that have it, or of the tables in which those stand; what has keys of its own is a [TableType].
public interface ValueType<T> {
    /// The value, or null when it is at fault and `reading` has been told why.
    @Nullable
    T read(RawValue raw, FileReading reading);

    /// For a person; secrets as `***`.
    String show(T value);

    /// As it would stand in the file.
    default String literal(T value) {
        return show(value);
    }

    /// Whether a value may be a secret.
    boolean secret();

    /// One word for the reference page.
    String kind();

    /// JSON Schema, draft 2020-12.
    Map<String, Object> schema();

    /// What a running gateway can take over: `after`, or `before` where a change needs a restart.
    default @Nullable T applicable(@Nullable T before, @Nullable T after, boolean restart) {
        return restart ? before : after;
    }

    /// Tells `lines` how two values that are not equal differ.
    default void compare(@Nullable T before, @Nullable T after, DifferenceLines lines) {
        lines.changed(before == null ? "none" : show(before), after == null ? "none" : show(after));
    }
}
