package dev.fairlead.control.store.sqlite;

import dev.fairlead.control.store.KeyPlace;
import dev.fairlead.core.jwt.TokenKey;
import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.url.NameRule;
import dev.fairlead.core.usage.KeyUse;
import dev.fairlead.core.usage.UntoldUse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What tenants and keys took of their last days, as rows of `day_use`, `key_use` and `key_refusal`.
record UseRows(Sql sql) {
    private static final Pattern REASON = Pattern.compile("[a-z-]{1,40}");
    private static final Pattern ALIAS = Pattern.compile("|" + NameRule.FORM + "|" + TokenKey.ALIAS_FORM);
    private static final String NOT_COUNTED = "what it says is not counted";

    /// No name of a tenant and no alias comes behind it.
    private static final String BEHIND_ALL = "~";

    private record Refusals(KeyUse of, String reason, long calls) {}

    /// A day never becomes less: another gateway over this store may know of more.
    void put(Collection<DayUse> days) throws SQLException {
        for (DayUse use : days) {
            sql.update(
                    "INSERT INTO day_use (tenant, day, credits) VALUES (?, ?, ?) ON CONFLICT (tenant, day) DO UPDATE"
                            + " SET credits = max(credits, excluded.credits)",
                    use.tenant(),
                    use.day().toEpochDay(),
                    use.credits());
        }
    }

    /// What a gateway knows of a day outlives a database that has lost it.
    ///
    /// @return what each comes to
    List<Long> added(List<UntoldUse> news) throws SQLException {
        var totals = new ArrayList<Long>();
        for (UntoldUse use : news) {
            totals.add(sql.rows(
                            """
                            INSERT INTO day_use (tenant, day, credits) VALUES (?, ?, max(0, ? + ?))
                            ON CONFLICT (tenant, day) DO UPDATE SET credits = max(0, max(credits, ?) + ?)
                            RETURNING credits
                            """,
                            row -> row.getLong(1),
                            use.tenant(),
                            use.day().toEpochDay(),
                            use.known(),
                            use.taken(),
                            use.known(),
                            use.taken())
                    .getFirst());
        }
        return totals;
    }

    void add(Collection<KeyUse> news) throws SQLException {
        for (KeyUse use : news) {
            Instant last = use.lastAt();
            sql.update(
                    """
                    INSERT INTO key_use (tenant, alias, day, answered, failed, credits, last_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (tenant, alias, day) DO UPDATE SET answered = answered + excluded.answered,
                        failed = failed + excluded.failed, credits = credits + excluded.credits,
                        last_at = coalesce(max(excluded.last_at, last_at), excluded.last_at, last_at)
                    """,
                    use.tenant(),
                    use.key(),
                    use.day().toEpochDay(),
                    use.answered(),
                    use.failed(),
                    use.credits(),
                    last == null ? null : last.toString());
            for (Map.Entry<String, Long> reason : use.refused().entrySet()) {
                sql.update(
                        "INSERT INTO key_refusal (tenant, alias, day, reason, calls) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT (tenant, alias, day, reason) DO UPDATE SET calls = calls + excluded.calls",
                        use.tenant(),
                        use.key(),
                        use.day().toEpochDay(),
                        reason.getKey(),
                        reason.getValue());
            }
        }
    }

    void forget(LocalDate before) throws SQLException {
        for (String table : List.of("day_use", "key_use", "key_refusal")) {
            sql.update("DELETE FROM " + table + " WHERE day < ?", before.toEpochDay());
        }
    }

    List<DayUse> days(LocalDate first, @Nullable String tenant) throws SQLException {
        var rows = new ValidRows(sql, "day_use", List.of("tenant"), "its tenant's day is counted from nothing");
        return rows.read(
                "SELECT * FROM day_use WHERE day >= ? AND (? IS NULL OR tenant = ?) ORDER BY tenant, day",
                UseRows::day,
                first.toEpochDay(),
                tenant,
                tenant);
    }

    private static DayUse day(ResultSet row) throws SQLException {
        return new DayUse(
                ValidRows.name(row, "tenant", NameRule.TENANT),
                LocalDate.ofEpochDay(ValidRows.number(row, "day", 0, 1_000_000)),
                ValidRows.number(row, "credits", 0, Long.MAX_VALUE));
    }

    List<KeyUse> tenants(LocalDate first, @Nullable String tenant) throws SQLException {
        var where = " WHERE day >= ? AND (? IS NULL OR tenant = ?) GROUP BY tenant, day";
        List<KeyUse> uses = read(
                "key_use",
                "SELECT tenant, '' AS alias, day, sum(answered) AS answered, sum(failed) AS failed,"
                        + " sum(credits) AS credits, max(last_at) AS last_at FROM key_use"
                        + where + " ORDER BY tenant, day",
                UseRows::use,
                first.toEpochDay(),
                tenant,
                tenant);
        return withRefusals(
                uses,
                read(
                        "key_refusal",
                        "SELECT tenant, '' AS alias, day, reason, sum(calls) AS calls FROM key_refusal" + where
                                + ", reason",
                        UseRows::refusals,
                        first.toEpochDay(),
                        tenant,
                        tenant));
    }

    List<KeyUse> keys(LocalDate day, @Nullable String tenant, KeyPlace after, int limit) throws SQLException {
        long today = day.toEpochDay();
        List<KeyUse> uses = read(
                "key_use",
                """
                SELECT tenant, alias, ? AS day, sum(iif(day = ?, answered, 0)) AS answered,
                    sum(iif(day = ?, failed, 0)) AS failed, sum(iif(day = ?, credits, 0)) AS credits,
                    max(last_at) AS last_at
                FROM key_use WHERE (tenant, alias) > (?, ?) AND (tenant, alias) <= (?, ?) AND alias <> ''
                GROUP BY tenant, alias ORDER BY tenant, alias LIMIT ?
                """,
                UseRows::use,
                today,
                today,
                today,
                today,
                after.tenant(),
                after.alias(),
                tenant == null ? BEHIND_ALL : tenant,
                BEHIND_ALL,
                limit);
        if (uses.isEmpty()) return uses;
        KeyUse last = uses.getLast();
        return withRefusals(
                uses,
                read(
                        "key_refusal",
                        "SELECT * FROM key_refusal WHERE day = ? AND (tenant, alias) > (?, ?) AND (tenant, alias) <= (?, ?)",
                        UseRows::refusals,
                        today,
                        after.tenant(),
                        after.alias(),
                        last.tenant(),
                        last.key()));
    }

    private <T> List<T> read(String table, String query, Sql.Row<T> each, @Nullable Object... arguments)
            throws SQLException {
        return new ValidRows(sql, table, List.of("tenant", "alias"), NOT_COUNTED).read(query, each, arguments);
    }

    /// Each key that was refused has a row in `key_use` too.
    private static List<KeyUse> withRefusals(List<KeyUse> uses, List<Refusals> refusals) {
        var of = new HashMap<KeyUse, Map<String, Long>>();
        for (Refusals each : refusals) {
            of.computeIfAbsent(each.of(), _ -> new HashMap<>()).put(each.reason(), each.calls());
        }
        return uses.stream()
                .map(use -> use.plus(new KeyUse(
                        use.tenant(),
                        use.key(),
                        use.day(),
                        0,
                        0,
                        of.getOrDefault(KeyUse.none(use.tenant(), use.key(), use.day()), Map.of()),
                        0,
                        null)))
                .toList();
    }

    private static KeyUse use(ResultSet row) throws SQLException {
        KeyUse none = none(row);
        return new KeyUse(
                none.tenant(),
                none.key(),
                none.day(),
                ValidRows.number(row, "answered", 0, Long.MAX_VALUE),
                ValidRows.number(row, "failed", 0, Long.MAX_VALUE),
                Map.of(),
                ValidRows.number(row, "credits", 0, Long.MAX_VALUE),
                row.getString("last_at") == null ? null : ValidRows.instant(row, "last_at"));
    }

    private static Refusals refusals(ResultSet row) throws SQLException {
        return new Refusals(
                none(row),
                ValidRows.text(row, "reason", REASON, "a word for why calls are refused"),
                ValidRows.number(row, "calls", 0, Long.MAX_VALUE));
    }

    private static KeyUse none(ResultSet row) throws SQLException {
        return KeyUse.none(
                ValidRows.name(row, "tenant", NameRule.TENANT),
                ValidRows.text(row, "alias", ALIAS, "the alias of a key, or of a token's"),
                LocalDate.ofEpochDay(ValidRows.number(row, "day", 0, 1_000_000)));
    }
}
