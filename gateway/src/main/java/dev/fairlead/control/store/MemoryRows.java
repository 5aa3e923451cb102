package dev.fairlead.control.store;

import dev.fairlead.core.fleet.NodeId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
        return sql.rows("SELECT * FROM node_memory ORDER BY chain, node", MemoryRows::memory);
    }

    private static Memory memory(ResultSet row) throws SQLException {
        long number = row.getLong("head_number");
        boolean headless = row.wasNull();
        return new Memory(
                new NodeId(row.getString("chain"), row.getString("node")),
                row.getString("verdict"),
                row.getString("reason"),
                Instant.parse(row.getString("since")),
                headless ? null : number,
                row.getString("head_hash"));
    }
}
