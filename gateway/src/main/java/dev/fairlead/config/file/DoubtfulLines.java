package dev.fairlead.config.file;

import java.util.BitSet;
import java.util.List;
import org.tomlj.TomlParseError;

/// The lines of a file in which keys may have come to stand in the wrong table, because of a fault of syntax: from that
/// fault on to the next table that has none. A key that stands twice does no such harm; the first one counts.
public record DoubtfulLines(BitSet lines, boolean harmless) {
    public static DoubtfulLines of(String text, List<TomlParseError> errors) {
        if (errors.isEmpty()) return new DoubtfulLines(new BitSet(), true);
        List<String> all = text.lines().map(String::strip).toList();
        var faulty = new BitSet();
        errors.forEach(error -> faulty.set(error.position().line()));
        var doubtful = new BitSet();
        boolean harmless = true;
        for (TomlParseError error : errors) {
            int from = error.position().line();
            if (isDoubledKey(error, line(all, from))) continue;
            harmless = false;
            int to = from + 1;
            while (to <= all.size() && (!line(all, to).startsWith("[") || faulty.get(to))) to++;
            doubtful.set(from, to);
        }
        return new DoubtfulLines(doubtful, harmless);
    }

    public boolean holds(ConfigurationFault fault) {
        return lines.get(Math.max(0, fault.line()));
    }

    /// In an inline table such a fault loses the whole table.
    private static boolean isDoubledKey(TomlParseError error, String line) {
        String said = String.valueOf(error.getMessage());
        return said.contains("previously defined") && !line.startsWith("[") && line.indexOf('{') < 0;
    }

    private static String line(List<String> all, int number) {
        return number < 1 || number > all.size() ? "" : all.get(number - 1);
    }
}
