package dev.fairlead.cli.console;

import dev.fairlead.core.jsonrpc.OneLine;
import java.util.ArrayList;
import java.util.List;

/// Rows in aligned columns, for people. Numbers go to the right.
public final class TextTable {
    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... titles) {
        this.titles = List.of(titles);
    }

    public void row(Object... cells) {
        var row = new ArrayList<String>();
        for (Object cell : cells) row.add(OneLine.whole(String.valueOf(cell)));
        rows.add(row);
    }

    @Override
    public String toString() {
        List<Column> columns = new ArrayList<>();
        for (int column = 0; column < titles.size(); column++) columns.add(new Column(width(column), numeric(column)));
        var text = new StringBuilder();
        line(text, titles, columns);
        for (List<String> row : rows) line(text, row, columns);
        return text.toString();
    }

    private record Column(int width, boolean numeric) {}

    private static void line(StringBuilder text, List<String> cells, List<Column> columns) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            Column column = columns.get(i);
            String padding = " ".repeat(column.width() - length(cell));
            line.append(column.numeric() ? padding + cell : cell + padding).append("  ");
        }
        text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).reduce(length(titles.get(column)), Math::max);
    }

    private boolean numeric(int column) {
        return !rows.isEmpty()
                && rows.stream().map(row -> row.get(column)).allMatch(cell -> cell.matches("-?[0-9.,]*( ?(s|ms))?|–"));
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
