package dev.fairlead.control.store.sqlite;

import dev.fairlead.control.store.AuditLine;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/// The audit trail as rows of `audit`.
///
/// @param kept how many lines are kept; older ones go
record AuditRows(Sql sql, int kept) {
    private static final Pattern TEXT = Pattern.compile(".*", Pattern.DOTALL);

    void write(AuditLine line) throws SQLException {
        sql.update(
                "INSERT INTO audit (at, who, what, chain, node, tenant, key, details) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                line.at().toString(),
                line.who(),
                line.what(),
                line.chain(),
                line.node(),
                line.tenant(),
                line.key(),
                line.details());
        sql.update("DELETE FROM audit WHERE serial <= (SELECT max(serial) FROM audit) - ?", kept);
    }

    List<AuditLine> before(long serial, int limit) throws SQLException {
        var rows = new ValidRows(sql, "audit", List.of("serial"), "correct the row to see it in the audit trail");
        return rows.read(
                "SELECT * FROM audit WHERE serial < ? ORDER BY serial DESC LIMIT ?",
                row -> new AuditLine(
                        row.getLong("serial"),
                        ValidRows.instant(row, "at"),
                        ValidRows.text(row, "who", TEXT, "who it was"),
                        ValidRows.text(row, "what", TEXT, "what was ordered"),
                        row.getString("chain"),
                        row.getString("node"),
                        row.getString("tenant"),
                        row.getString("key"),
                        ValidRows.text(row, "details", TEXT, "a text")),
                serial,
                limit);
    }
}
