package dev.fairlead.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values of one table, typed by their keys, of which its record is made: as the file has them, or as a running
/// gateway can take them over.
public sealed interface TableValues<R> permits FileValues, ReloadedValues {
    <T> @Nullable T orNull(Key<R, T> key);

    default <T> T of(Key<R, T> key) {
        T value = orNull(key);
        if (value == null) throw new IllegalStateException("the key " + key.name() + " has no default");
        return value;
    }

    /// Whether the file says it.
    boolean has(Key<R, ?> key);

    /// The name under which this table stands, behind the names of the tables around it.
    List<String> names();

    default String name() {
        return names().getLast();
    }

    /// Where this table stands in its list, from 0; 0 for one that stands in none.
    default int index() {
        String last = names().isEmpty() ? "" : names().getLast();
        return last.startsWith("[") ? Integer.parseInt(last.substring(1, last.length() - 1)) : 0;
    }

    void fault(Key<R, ?> key, String text);
}
