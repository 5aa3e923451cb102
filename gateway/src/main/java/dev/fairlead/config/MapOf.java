package dev.fairlead.config;

import dev.fairlead.config.file.FilePlace;
import dev.fairlead.config.file.FileReading;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/// A table whose keys the operator chooses, each with a value of one kind.
///
/// @param kind of the table, for the reference page
/// @param example of an entry, for whoever wrote something else
/// @param expected completes "expected …" for a key
/// @param refused keys that have the right form and still must not be used
/// @param most how many there may be
public record MapOf<V>(
        String kind,
        String example,
        Pattern form,
        String expected,
        Predicate<String> refused,
        Scalar<V> value,
        int most)
        implements ValueType<Map<String, V>> {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+");

    public static MapOf<String> texts(
            Pattern form, String expected, Predicate<String> refused, Scalar<String> value, int most) {
        return new MapOf<>("table of texts", "name = \"text\"", form, expected, refused, value, most);
    }

    @Override
    public @Nullable Map<String, V> read(RawValue raw, FileReading reading) {
        if (!(raw.raw() instanceof TomlTable table)) {
            reading.fault(raw.place(), "expected a table, { " + example + " }, found " + raw.described(secret()));
            return null;
        }
        if (table.size() > most) {
            reading.fault(raw.place(), "expected at most " + most + ", found " + table.size());
        }
        var pairs = new LinkedHashMap<String, V>();
        for (Map.Entry<String, Object> entry : table.entrySet()) {
            String key = entry.getKey();
            // a text that is no name may be a value on the wrong side
            boolean shown = !secret() || form.matcher(key).matches();
            FilePlace at =
                    raw.place().key(shown ? key : FilePlace.UNSHOWN, reading.positionOf(table, key, raw.place()));
            if (!form.matcher(key).matches()) reading.fault(at, "expected " + expected);
            if (refused.test(key)) reading.fault(at, "the gateway sets this itself; remove it");
            V read = value.read(new RawValue(entry.getValue(), at), reading);
            if (read != null) pairs.put(key, read);
        }
        return Collections.unmodifiableMap(pairs);
    }

    @Override
    public boolean secret() {
        return value.secret();
    }

    @Override
    public String show(Map<String, V> pairs) {
        if (pairs.isEmpty()) return "{}";
        return pairs.entrySet().stream()
                .map(pair -> literalKey(pair.getKey()) + " = " + value.literal(pair.getValue()))
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String literalKey(String key) {
        return BARE.matcher(key).matches() ? key : "\"" + key + "\"";
    }

    @Override
    public Map<String, Object> schema() {
        return Schemas.of(
                "type",
                "object",
                "propertyNames",
                Schemas.of("pattern", "^(" + form.pattern() + ")$"),
                "additionalProperties",
                value.schema(),
                "maxProperties",
                most);
    }
}
