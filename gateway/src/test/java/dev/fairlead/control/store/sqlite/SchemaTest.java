package dev.fairlead.control.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SchemaTest {
    @TempDir
    private Path directory;

    @Test
    void aFreshDatabaseIsTheOneThatFlywayWouldMake() throws Exception {
        SQLiteDataSource ours = SqliteStore.source(directory.resolve("ours.db"));
        SQLiteDataSource flyways = SqliteStore.source(directory.resolve("flyways.db"));

        try (Connection connection = ours.getConnection()) {
            new Schema(directory.resolve("ours.db")).bring(connection, ours);
        }
        flyway(flyways).migrate();

        assertThat(shape(ours)).isEqualTo(shape(flyways)).isNotEmpty();
        assertThat(history(ours)).isEqualTo(history(flyways)).hasSize((int) Schema.CURRENT);
    }

    @Test
    void flywayAcceptsAFreshDatabaseAsItsOwn() throws Exception {
        SQLiteDataSource source = SqliteStore.source(directory.resolve("ours.db"));
        try (Connection connection = source.getConnection()) {
            new Schema(directory.resolve("ours.db")).bring(connection, source);
        }

        assertThatCode(() -> flyway(source).validate()).doesNotThrowAnyException();
        assertThat(flyway(source).migrate().migrationsExecuted).isZero();
    }

    @Test
    void aDatabaseWhoseMakingWasInterruptedIsMadeAgain() throws Exception {
        Path file = Files.createFile(directory.resolve("empty.db"));
        SQLiteDataSource source = SqliteStore.source(file);
        try (Connection interrupted = source.getConnection();
                Connection next = source.getConnection()) {
            new Sql(interrupted).execute("BEGIN IMMEDIATE");
            new Sql(interrupted).script("CREATE TABLE registry (revision INTEGER); CREATE TABLE chain (place INTEGER)");
            new Sql(interrupted).execute("ROLLBACK");

            new Schema(file).bring(next, source);

            assertThat(new Sql(next).number("SELECT revision FROM registry")).isZero();
        }
    }

    private static Flyway flyway(SQLiteDataSource source) {
        return Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .loggers("slf4j")
                .load();
    }

    private static List<String> shape(SQLiteDataSource source) throws SQLException {
        return rows(source, "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1");
    }

    /// Without when and how long.
    private static List<String> history(SQLiteDataSource source) throws SQLException {
        return rows(
                source,
                "SELECT installed_rank || '|' || version || '|' || description || '|' || type || '|' || script || '|'"
                        + " || checksum || '|' || installed_by || '|' || success FROM flyway_schema_history ORDER BY 1");
    }

    private static List<String> rows(SQLiteDataSource source, String query) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return new Sql(connection).rows(query, row -> row.getString(1));
        }
    }
}
