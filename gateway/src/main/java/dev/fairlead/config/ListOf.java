package dev.fairlead.config;

import dev.fairlead.config.file.FilePlace;
import dev.fairlead.config.file.FileReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;

/// A list of values, each at most once; one alone may stand without brackets.
public record ListOf<T>(Scalar<T> element) implements ValueType<List<T>> {
    @Override
    public @Nullable List<T> read(RawValue raw, FileReading reading) {
        if (raw.raw() instanceof TomlArray array) return elements(array, raw.place(), reading);
        if (!(raw.raw() instanceof String)) {
            reading.fault(
                    raw.place(),
                    "expected a list, each element " + element.expected() + ", found " + raw.described(secret()));
            return null;
        }
        T alone = element.read(raw, reading);
        return alone == null ? null : List.of(alone);
    }

    private @Nullable List<T> elements(TomlArray array, FilePlace place, FileReading reading) {
        var read = new LinkedHashMap<T, Integer>();
        boolean whole = true;
        for (int index = 0; index < array.size(); index++) {
            FilePlace at = place.element(index, array.inputPositionOf(index));
            reading.seen(at);
            T value = element.read(new RawValue(array.get(index), at), reading);
            Integer first = value == null ? null : read.putIfAbsent(value, index);
            if (first != null) reading.fault(at, "the same as element [" + first + "]; remove one of them");
            whole &= value != null && first == null;
        }
        return whole ? new ArrayList<>(read.keySet()) : null;
    }

    @Override
    public boolean secret() {
        return element.secret();
    }

    @Override
    public String show(List<T> values) {
        return values.stream().map(element::literal).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public String kind() {
        return "list of " + element.kind() + (element.kind().endsWith("s") ? "es" : "s");
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> list = Schemas.of("type", "array", "items", element.schema(), "uniqueItems", true);
        return Schemas.anyOf(list, element.schema());
    }
}
