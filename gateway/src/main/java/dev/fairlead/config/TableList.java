package dev.fairlead.config;

import dev.fairlead.config.file.FilePlace;
import dev.fairlead.config.file.FileReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;

/// Tables of one kind without names, of which the order counts: `[[routes]]`.
///
/// @param word what one of them is called
public record TableList<R>(String word, Table<R> table) implements TableType<List<R>> {
    @Override
    public @Nullable List<R> read(RawValue raw, FileReading reading) {
        if (!(raw.raw() instanceof TomlArray array)) {
            reading.fault(raw.place(), "expected tables, " + heading() + ", found " + raw.described(true));
            return null;
        }
        var read = new ArrayList<R>();
        for (int index = 0; index < array.size(); index++) {
            FilePlace at = raw.place().element(index, array.inputPositionOf(index));
            reading.seen(at);
            R one = table.read(new RawValue(array.get(index), at), reading);
            if (one != null) read.add(one);
        }
        return read;
    }

    @Override
    public void compare(@Nullable List<R> before, @Nullable List<R> after, DifferenceLines lines) {
        List<R> was = before == null ? List.of() : before;
        List<R> is = after == null ? List.of() : after;
        DifferenceLines here = lines.within();
        for (int i = 0; i < Math.max(was.size(), is.size()); i++) {
            String name = word + "s[" + i + "]";
            if (i >= was.size()) here.added(name);
            else if (i >= is.size()) here.removed(name);
            else if (!was.get(i).equals(is.get(i))) table.compare(was.get(i), is.get(i), here.of(name));
        }
    }

    @Override
    public String show(List<R> all) {
        return all.size() + " " + word + (all.size() == 1 ? "" : "s");
    }

    @Override
    public String heading() {
        return "[[" + table.title() + "]]";
    }

    @Override
    public String kind() {
        return "list of tables";
    }

    @Override
    public Map<String, Object> schema() {
        return Schemas.of("type", "array", "items", table.schema());
    }
}
