package dev.fairlead.config;

import dev.fairlead.config.file.FilePlace;
import dev.fairlead.config.file.FileReading;
import dev.fairlead.config.file.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/// A table with known keys, and the record that it becomes.
///
/// @param title how the reference page calls it, `server.limits`
/// @param meaning one sentence for the operator
/// @param defaults the record when the table is empty or absent
/// @param make the record from the values of the keys
public record Table<R>(String title, String meaning, R defaults, List<Key<R, ?>> keys, Function<TableValues<R>, R> make)
        implements TableType<R> {
    private static final Pattern ORDINARY = Pattern.compile("[a-z][a-z_-]{0,29}");

    public Table {
        keys = List.copyOf(keys);
    }

    @Override
    public Table<R> table() {
        return this;
    }

    @Override
    public @Nullable R read(RawValue raw, FileReading reading) {
        if (!(raw.raw() instanceof TomlTable table)) {
            reading.fault(raw.place(), "expected a table, [" + title + "], found " + raw.described(true));
            return null;
        }
        List<String> known = keys.stream().map(Key::name).toList();
        for (String key : table.keySet()) {
            if (known.contains(key)) continue;
            String shown = isShown(key, known) ? key : FilePlace.UNSHOWN;
            FilePlace at = raw.place().key(shown, reading.positionOf(table, key, raw.place()));
            reading.fault(at, "unknown key" + NearestName.hint(key, known));
        }
        return make.apply(new FileValues<>(table, defaults, raw.place(), reading));
    }

    /// For a table that comes or goes, its own key says when that takes effect; in one that stays, each key
    /// says so for itself.
    @Override
    public @Nullable R applicable(@Nullable R before, @Nullable R after, boolean restart) {
        if (before == null || after == null) return restart ? before : after;
        return make.apply(new ReloadedValues<>(before, after));
    }

    /// Next to secrets, a text that does not look like a key may be a secret.
    private boolean isShown(String key, List<String> known) {
        long secrets = keys.stream().filter(one -> one.type().secret()).count();
        if (secrets == 0 || NearestName.isNear(key, known)) return true;
        return secrets < keys.size() && ORDINARY.matcher(key).matches();
    }

    @Override
    public void compare(@Nullable R before, @Nullable R after, DifferenceLines lines) {
        if (before == null || after == null) {
            lines.changed(before == null ? "none" : "given", after == null ? "none" : "given");
            return;
        }
        for (Key<R, ?> key : keys) key.compare(before, after, lines.inside());
    }

    @Override
    public String show(R value) {
        return "[" + title + "]";
    }

    @Override
    public String kind() {
        return "table";
    }

    @Override
    public Map<String, Object> schema() {
        var properties = new LinkedHashMap<String, Object>();
        for (Key<R, ?> key : keys) properties.put(key.name(), described(key));
        List<String> required =
                keys.stream().filter(Key::required).map(Key::name).toList();
        Map<String, Object> schema = Schemas.of("type", "object", "properties", properties);
        if (!required.isEmpty()) schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    private Map<String, Object> described(Key<R, ?> key) {
        Map<String, Object> schema = new LinkedHashMap<>(key.type().schema());
        boolean hasDefault = !key.required() && !(key.type() instanceof TableType);
        String fallback = key.shownDefault(defaults).replace("`", "");
        schema.put("description", key.meaning() + (hasDefault ? " Default: " + fallback + "." : ""));
        return schema;
    }
}
