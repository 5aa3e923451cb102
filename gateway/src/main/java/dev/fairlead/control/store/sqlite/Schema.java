package dev.fairlead.control.store.sqlite;

import dev.fairlead.control.store.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings the tables to this version's shape. Flyway converts older ones. It is not even loaded (that takes
/// about a quarter of a second) when the database has this shape already, nor when it is empty: then the
/// scripts are run here, and the rows are written that Flyway would write.
record Schema(Path file) {
    /// The version of the newest script under `db/migration`.
    static final long CURRENT = 6;

    /// The scripts for an empty database.
    private static final List<String> FRESH = List.of(
            "/db/fresh.sql",
            "/db/migration/V1__registry.sql",
            "/db/migration/V2__tenants_and_keys.sql",
            "/db/migration/V3__use_of_a_day.sql",
            "/db/migration/V4__rules_of_tenants.sql",
            "/db/migration/V5__use_by_day_and_key.sql",
            "/db/migration/V6__plans_of_nodes.sql");

    /// @throws StoreFailure when the database belongs to something else, or to a newer Fairlead
    void bring(Connection connection, DataSource source) throws SQLException {
        if (!isEmpty(connection) && isCurrent(connection)) return;
        // Two gateways may start with the same directory at the same moment, and Flyway takes no lock in
        // SQLite.
        try (var lockFile = FileChannel.open(
                        file.resolveSibling("fairlead.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = lockFile.lock()) {
            if (isEmpty(connection)) make(connection);
            else if (!isCurrent(connection)) migrate(source);
        } catch (IOException failure) {
            throw new StoreFailure("expected to make " + file + " under fairlead.lock, found " + failure, failure);
        }
    }

    private static boolean isEmpty(Connection connection) throws SQLException {
        return new Sql(connection).number("SELECT count(*) FROM sqlite_schema") == 0;
    }

    private boolean isCurrent(Connection connection) throws SQLException {
        var sql = new Sql(connection);
        if (sql.number("SELECT count(*) FROM sqlite_schema WHERE name = 'flyway_schema_history'") == 0) {
            throw new StoreFailure("expected a database of Fairlead in " + file
                    + ", found one of another program; name another directory as store.directory");
        }
        long version = sql.number(
                "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM flyway_schema_history" + " WHERE success = 1");
        if (version > CURRENT) {
            throw new StoreFailure("expected " + file + " in version " + CURRENT + " or older, found version " + version
                    + ", made by a newer Fairlead; run that one, or restore a backup from before the upgrade");
        }
        return version == CURRENT;
    }

    private static void make(Connection connection) throws SQLException, IOException {
        var sql = new Sql(connection);
        sql.execute("BEGIN IMMEDIATE");
        try {
            for (String script : FRESH) sql.script(read(script));
            sql.execute("COMMIT");
        } catch (SQLException | IOException failure) {
            sql.execute("ROLLBACK");
            throw failure;
        }
    }

    private static String read(String script) throws IOException {
        try (InputStream in = Schema.class.getResourceAsStream(script)) {
            if (in == null) throw new IOException("no script " + script + " in this build");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void migrate(DataSource source) {
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/migration")
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException failure) {
            throw new StoreFailure(
                    "could not bring " + file + " to version " + CURRENT
                            + "; nothing was ordered or lost, restore a backup if it cannot be opened: "
                            + failure.getMessage(),
                    failure);
        }
    }
}
