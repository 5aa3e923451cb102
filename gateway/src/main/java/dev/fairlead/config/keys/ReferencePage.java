package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.Table;
import dev.fairlead.config.TableType;
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

    private static <R> void section(String title, Table<R> table, StringBuilder page) {
        page.append("### `").append(title).append("`\n\n");
        page.append(table.meaning()).append("\n\n").append(COLUMNS);
        page.append(table.keys().stream().map(key -> row(key, table.defaults())).collect(Collectors.joining()));
        page.append('\n');
        below(table, page);
    }

    private static void below(Table<?> table, StringBuilder page) {
        for (Key<?, ?> key : table.keys()) {
            if (key.type() instanceof TableType<?> inner) section(inner.heading(), inner.table(), page);
        }
    }

    /// Empty for a key with a section of its own.
    private static <R> String row(Key<R, ?> key, R defaults) {
        if (key.type() instanceof TableType<?>) return "";
        String restart = key.restart() ? " Read at start only." : "";
        return "| `" + key.name() + "` | " + key.type().kind() + " | " + key.shownDefault(defaults) + " | "
                + key.meaning() + restart + " |\n";
    }
}
