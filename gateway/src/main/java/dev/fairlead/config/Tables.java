package dev.fairlead.config;

import dev.fairlead.config.file.FilePlace;
import dev.fairlead.config.file.FileReading;
import dev.fairlead.core.url.NameRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/// Tables of one kind under names that the operator chooses: chains, nodes, groups.
///
/// @param word what one of them is called
/// @param name of a record
public record Tables<R>(String word, NameRule rule, Table<R> table, Function<R, String> name)
        implements TableType<List<R>> {
    @Override
    public @Nullable List<R> read(RawValue raw, FileReading reading) {
        if (!(raw.raw() instanceof TomlTable tables)) {
            reading.fault(raw.place(), "expected a table, [" + table.title() + "], found " + raw.described(true));
            return null;
        }
        var read = new ArrayList<R>();
        for (Map.Entry<String, Object> entry : tables.entrySet()) {
            String key = entry.getKey();
            FilePlace at = raw.place().key(key, reading.positionOf(tables, key, raw.place()));
            reading.seen(at);
            String objection = rule.objection(key);
            if (objection != null) reading.fault(at, objection);
            R one = table.read(new RawValue(entry.getValue(), at), reading);
            if (one != null) read.add(one);
        }
        return read;
    }

    @Override
    public void compare(@Nullable List<R> before, @Nullable List<R> after, DifferenceLines lines) {
        Map<String, R> was = byName(before);
        Map<String, R> is = byName(after);
        DifferenceLines here = lines.within();
        was.keySet().stream().filter(key -> !is.containsKey(key)).forEach(key -> here.removed(word, key));
        is.forEach((key, one) -> {
            R old = was.get(key);
            if (old == null) here.added(word, key);
            else if (!old.equals(one)) table.compare(old, one, here.of(word, key));
        });
        boolean sameNames = was.keySet().equals(is.keySet());
        if (sameNames && !List.copyOf(was.keySet()).equals(List.copyOf(is.keySet()))) here.reordered(word);
    }

    private Map<String, R> byName(@Nullable List<R> all) {
        var named = new LinkedHashMap<String, R>();
        if (all != null) all.forEach(one -> named.put(name.apply(one), one));
        return named;
    }

    @Override
    public String show(List<R> all) {
        return all.stream().map(name).toList().toString();
    }

    @Override
    public String kind() {
        return "tables";
    }

    @Override
    public Map<String, Object> schema() {
        return Schemas.of(
                "type", "object", "propertyNames", Schemas.name(rule), "additionalProperties", table.schema());
    }
}
