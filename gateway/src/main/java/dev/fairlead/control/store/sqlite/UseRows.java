package dev.fairlead.control.store.sqlite;

import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.url.NameRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;

/// What tenants took on one day, as rows of `day_use`; only the newest day of each is kept.
record UseRows(Sql sql) {
    void put(Collection<DayUse> uses) throws SQLException {
        for (DayUse use : uses) {
            sql.update(
                    "INSERT INTO day_use (tenant, day, credits) VALUES (?, ?, ?) ON CONFLICT (tenant) DO UPDATE"
                            + " SET day = excluded.day, credits = excluded.credits",
                    use.tenant(),
                    use.day().toEpochDay(),
                    use.credits());
        }
    }

    List<DayUse> all() throws SQLException {
        var rows = new ValidRows(sql, "day_use", List.of("tenant"), "its tenant's day is counted from nothing");
        return rows.read("SELECT * FROM day_use ORDER BY tenant", UseRows::use);
    }

    private static DayUse use(ResultSet row) throws SQLException {
        return new DayUse(
                ValidRows.name(row, "tenant", NameRule.TENANT),
                LocalDate.ofEpochDay(ValidRows.number(row, "day", 0, 1_000_000)),
                ValidRows.number(row, "credits", 0, Long.MAX_VALUE));
    }
}
