package dev.fairlead.control.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// The audit trail as rows of `audit`.
///
/// @param kept how many lines are kept; older ones go
record AuditRows(Sql sql, int kept) {
    void write(AuditLine line) throws SQLException {
        sql.update(
                "INSERT INTO audit (at, who, what, chain, node, details) VALUES (?, ?, ?, ?, ?, ?)",
                line.at().toString(),
                line.who(),
                line.what(),
                line.chain(),
                line.node(),
                line.details());
        sql.update("DELETE FROM audit WHERE serial <= (SELECT max(serial) FROM audit) - ?", kept);
    }

    List<AuditLine> before(long serial, int limit) throws SQLException {
        return sql.rows(
                "SELECT * FROM audit WHERE serial < ? ORDER BY serial DESC LIMIT ?",
                row -> new AuditLine(
                        row.getLong("serial"),
                        Instant.parse(row.getString("at")),
                        row.getString("who"),
                        row.getString("what"),
                        row.getString("chain"),
                        row.getString("node"),
                        row.getString("details")),
                serial,
                limit);
    }
}
