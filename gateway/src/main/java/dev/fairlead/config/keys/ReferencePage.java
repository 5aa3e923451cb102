package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.ListOf;
import dev.fairlead.config.Scalar;
import dev.fairlead.config.StringMap;
import dev.fairlead.config.Table;
import dev.fairlead.config.Tables;
import java.util.stream.Collectors;

/// The part of docs/configuration.md that lists every key, written from the keys themselves.
public final class ReferencePage {
    private static final String COLUMNS = "| key | type | default | meaning |\n|---|---|---|---|\n";

    private ReferencePage() {}

    public static String text() {
        var page = new StringBuilder();
        below(Keys.ROOT, page);
        return page.toString();
    }

    private static <R> void section(Table<R> table, StringBuilder page) {
        page.append("### `[").append(table.title()).append("]`\n\n");
        page.append(table.meaning()).append("\n\n").append(COLUMNS);
        page.append(table.keys().stream().map(key -> row(key, table.defaults())).collect(Collectors.joining()));
        page.append('\n');
        below(table, page);
    }

    private static void below(Table<?> table, StringBuilder page) {
        for (Key<?, ?> key : table.keys()) {
            switch (key.type()) {
                case Table<?> inner -> section(inner, page);
                case Tables<?> inner -> section(inner.table(), page);
                case Scalar<?> _, ListOf<?> _, StringMap _ -> {}
            }
        }
    }

    private static <R> String row(Key<R, ?> key, R defaults) {
        return switch (key.type()) {
            case Table<?> _, Tables<?> _ -> "";
            case Scalar<?> scalar -> line(key, scalar.kind(), defaults);
            case ListOf<?> listOf -> line(key, listOf.kind(), defaults);
            case StringMap pairs -> line(key, pairs.kind(), defaults);
        };
    }

    private static <R> String line(Key<R, ?> key, String kind, R defaults) {
        String restart = key.restart() ? " Read at start only." : "";
        return "| `" + key.name() + "` | " + kind + " | " + key.shownDefault(defaults) + " | " + key.meaning() + restart
                + " |\n";
    }
}
