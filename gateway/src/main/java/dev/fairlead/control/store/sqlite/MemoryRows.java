package dev.fairlead.control.store.sqlite;

import dev.fairlead.control.store.NodeMemory;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/// What the monitor last knew, as rows of `node_memory`.
record MemoryRows(Sql sql) {
    private static final Pattern VERDICT = Pattern.compile(String.join("|", Verdict.WORDS));
    private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);

    void put(NodeMemory memory) throws SQLException {
        sql.update(
                "INSERT OR REPLACE INTO node_memory (chain, node, verdict, reason, since, head_number, head_hash)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                memory.node().chain(),
                memory.node().name(),
                memory.verdict(),
                memory.reason(),
                memory.since().toString(),
                memory.headNumber(),
                memory.headHash());
    }

    void remove(NodeId id) throws SQLException {
        sql.update("DELETE FROM node_memory WHERE chain = ? AND node = ?", id.chain(), id.name());
    }

    List<NodeMemory> all() throws SQLException {
        var rows = new ValidRows(
                sql, "node_memory", List.of("chain", "node"), "since when its node is as it is was forgotten");
        return rows.read("SELECT * FROM node_memory ORDER BY chain, node", MemoryRows::memory);
    }

    private static NodeMemory memory(ResultSet row) throws SQLException {
        boolean headless = row.getObject("head_number") == null;
        return new NodeMemory(
                ValidRows.node(row, "node"),
                ValidRows.text(row, "verdict", VERDICT, "one of " + Verdict.WORDS),
                ValidRows.text(row, "reason", ANY, "a text"),
                ValidRows.instant(row, "since"),
                headless ? null : ValidRows.number(row, "head_number", 0, Long.MAX_VALUE),
                row.getString("head_hash"));
    }
}
