package dev.fairlead.control.store;

import dev.fairlead.core.fleet.NodeId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// What the monitor last knew, as rows of `node_memory`.
record MemoryRows(Sql sql) {
    void put(Memory memory) throws SQLException {
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

    List<Memory> all() throws SQLException {
        var rows = new SoundRows(
                sql, "node_memory", List.of("chain", "node"), "since when its node is as it is was forgotten");
        return rows.read("SELECT * FROM node_memory ORDER BY chain, node", MemoryRows::memory);
    }

    private static Memory memory(ResultSet row) throws SQLException {
        long number = row.getLong("head_number");
        boolean headless = row.wasNull();
        return new Memory(
                new NodeId(row.getString("chain"), row.getString("node")),
                row.getString("verdict"),
                row.getString("reason"),
                SoundRows.instant(row, "since"),
                headless ? null : number,
                row.getString("head_hash"));
    }
}
