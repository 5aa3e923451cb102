package dev.fairlead.control.store.sqlite;

import dev.fairlead.core.fleet.SpentDay;
import dev.fairlead.core.url.NameRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;

/// What nodes were asked on one day, as rows of `node_day_use`; only the newest day of each is kept, and of one day the
/// higher count.
record SpentRows(Sql sql) {
    /// Stands for a chain's leaders and rented nodes together.
    private static final String TOGETHER = "";

    void put(Collection<SpentDay> days) throws SQLException {
        long newest = 0;
        for (SpentDay spent : days) {
            newest = Math.max(newest, spent.day().toEpochDay());
            sql.update(
                    "INSERT INTO node_day_use (chain, node, day, credits) VALUES (?, ?, ?, ?) ON CONFLICT (chain, node)"
                            + " DO UPDATE SET credits = CASE WHEN day = excluded.day THEN max(credits, excluded.credits)"
                            + " ELSE excluded.credits END, day = excluded.day",
                    spent.chain(),
                    spent.node() == null ? TOGETHER : spent.node(),
                    spent.day().toEpochDay(),
                    spent.credits());
        }
        sql.update("DELETE FROM node_day_use WHERE day < ?", newest);
    }

    List<SpentDay> all() throws SQLException {
        var rows = new ValidRows(sql, "node_day_use", List.of("chain", "node"), "its day is counted from nothing");
        return rows.read("SELECT * FROM node_day_use ORDER BY chain, node", SpentRows::spent);
    }

    private static SpentDay spent(ResultSet row) throws SQLException {
        boolean isTogether = TOGETHER.equals(row.getString("node"));
        return new SpentDay(
                ValidRows.name(row, "chain", NameRule.CHAIN),
                isTogether ? null : ValidRows.name(row, "node", NameRule.NODE),
                LocalDate.ofEpochDay(ValidRows.number(row, "day", 0, 1_000_000)),
                ValidRows.number(row, "credits", 0, Long.MAX_VALUE));
    }
}
