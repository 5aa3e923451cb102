package dev.fairlead.control.store.sqlite;

import dev.fairlead.control.store.sqlite.Sql.Row;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.OneLine;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.text.CallRates;
import dev.fairlead.core.url.NameRule;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rows of a table that can be used. A row that cannot be used is reported and left out, and does no harm
/// to the others.
///
/// @param table its name
/// @param key the columns that say which row it is; no secrets
/// @param remedy what an operator does about a row that is left out
record ValidRows(Sql sql, String table, List<String> key, String remedy) {
    private static final Logger log = LoggerFactory.getLogger("fairlead.store");

    <T> List<T> read(String query, Row<T> each, @Nullable Object... arguments) throws SQLException {
        return sql.rows(query, row -> Stream.ofNullable(orTold(row, each)), arguments).stream()
                .flatMap(read -> read)
                .toList();
    }

    private <T> @Nullable T orTold(ResultSet row, Row<T> each) throws SQLException {
        try {
            return each.read(row);
        } catch (InvalidRow bad) {
            log.warn("the row {} of the table {} is left out: {}; {}", name(row), table, bad.getMessage(), remedy);
            return null;
        }
    }

    private String name(ResultSet row) throws SQLException {
        var name = new StringBuilder();
        for (String column : key) name.append(name.isEmpty() ? "" : "/").append(row.getString(column));
        return OneLine.of(name.toString());
    }

    /// The column's text, if an order could have written it.
    ///
    /// @param what was expected, in words
    static String text(ResultSet row, String column, Pattern form, String what) throws SQLException {
        return text(row, column, form.asMatchPredicate(), what);
    }

    static String text(ResultSet row, String column, Predicate<String> form, String what) throws SQLException {
        String found = row.getString(column);
        if (found == null) throw new InvalidRow(column + ": expected " + what + ", found nothing");
        if (!form.test(found)) throw new InvalidRow(column + ": expected " + what + ", found something else");
        return found;
    }

    static String name(ResultSet row, String column, NameRule rule) throws SQLException {
        String found = row.getString(column);
        if (found == null || rule.objection(found) != null) {
            throw new InvalidRow(
                    column + ": expected a " + rule.word() + " name of lower-case letters, digits and dashes");
        }
        return found;
    }

    /// A node's name with that of its chain.
    static NodeId node(ResultSet row, String column) throws SQLException {
        return new NodeId(name(row, "chain", NameRule.CHAIN), name(row, column, NameRule.NODE));
    }

    static <E extends Enum<E>> E word(ResultSet row, String column, E[] words) throws SQLException {
        String found = String.valueOf(row.getString(column));
        return Arrays.stream(words)
                .filter(word -> word(word).equals(found.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidRow(column + ": expected one of "
                        + String.join(
                                ", ", Arrays.stream(words).map(ValidRows::word).toList())
                        + ", found another word"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        try {
            return Instant.parse(String.valueOf(row.getString(column)));
        } catch (DateTimeException _) {
            throw new InvalidRow(column + ": expected a time such as 2026-01-02T03:04:05Z, found something else");
        }
    }

    static int count(ResultSet row, String column, int most) throws SQLException {
        return Math.toIntExact(number(row, column, 1, most));
    }

    static long number(ResultSet row, String column, long least, long most) throws SQLException {
        if (!(row.getObject(column) instanceof Number number)) {
            throw new InvalidRow(column + ": expected a whole number, found something else");
        }
        long found = number.longValue();
        if (found < least || found > most || found != number.doubleValue()) {
            throw new InvalidRow(column + ": expected " + least + " to " + most + ", found " + number);
        }
        return found;
    }

    /// Of the columns `rate` and `rate_millis`; null where there is none.
    static @Nullable CallRate rate(ResultSet row) throws SQLException {
        if (row.getString("rate") == null && row.getString("rate_millis") == null) return null;
        return new CallRate(
                number(row, "rate", 1, CallRates.MOST_CREDITS),
                Duration.ofMillis(
                        number(row, "rate_millis", CallRates.SHORTEST.toMillis(), CallRates.LONGEST.toMillis())));
    }

    static @Nullable Path path(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        try {
            return text == null ? null : Path.of(text);
        } catch (InvalidPathException _) {
            throw new InvalidRow(column + ": expected the path of a file, found something else");
        }
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
