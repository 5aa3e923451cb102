package dev.fairlead.control.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings the tables to the shape that this version works with. Flyway does it, and is not even loaded (it takes about
/// a quarter of a second) when the database says that it is in that shape already.
record Schema(Path file) {
    /// Of the newest script under `db/migration`.
    static final long CURRENT = 1;

    /// @throws StoreFailure when the database belongs to something else, or to a newer Fairlead
    void bring(Connection connection, DataSource source) throws SQLException {
        if (isCurrent(connection)) return;
        // Two gateways may start over the same directory at the same moment, and Flyway takes no lock in SQLite.
        try (var lockFile = FileChannel.open(
                        file.resolveSibling("fairlead.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = lockFile.lock()) {
            if (!isCurrent(connection)) migrate(source);
        } catch (IOException failure) {
            throw new StoreFailure("expected to lock fairlead.lock beside " + file + ", found " + failure, failure);
        }
    }

    private boolean isCurrent(Connection connection) throws SQLException {
        var sql = new Sql(connection);
        if (sql.number("SELECT count(*) FROM sqlite_schema WHERE name = 'flyway_schema_history'") == 0) {
            if (sql.number("SELECT count(*) FROM sqlite_schema") == 0) return false;
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
