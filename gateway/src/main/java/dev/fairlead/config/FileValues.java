package dev.fairlead.config;

import dev.fairlead.config.file.FilePlace;
import dev.fairlead.config.file.FileReading;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/// The values of one table of the file, typed by their keys.
///
/// @param defaults this record's value stands in where a key is absent or at fault
record FileValues<R>(TomlTable table, R defaults, FilePlace place, FileReading reading) implements TableValues<R> {
    @Override
    public <T> @Nullable T orNull(Key<R, T> key) {
        Object raw = table.get(List.of(key.name()));
        if (raw == null) {
            if (key.required()) reading.missing(place, key.name());
            return key.of().apply(defaults);
        }
        T value = key.type().read(new RawValue(raw, placeOf(key)), reading);
        return value == null ? key.of().apply(defaults) : value;
    }

    @Override
    public boolean has(Key<R, ?> key) {
        return table.contains(List.of(key.name()));
    }

    @Override
    public List<String> names() {
        return place.keys();
    }

    @Override
    public void fault(Key<R, ?> key, String text) {
        reading.fault(has(key) ? placeOf(key) : place, text);
    }

    private FilePlace placeOf(Key<R, ?> key) {
        FilePlace at = place.key(key.name(), reading.positionOf(table, key.name(), place));
        reading.seen(at);
        return at;
    }
}
