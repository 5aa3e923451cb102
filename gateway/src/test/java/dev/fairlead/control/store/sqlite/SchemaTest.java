package dev.fairlead.control.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.fairlead.control.store.Store;
import dev.fairlead.control.store.StoreConfig;
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

    /// As the first release left it.
    @Test
    void aDatabaseOfTheFirstVersionKeepsItsNodesAndItsAudit() throws Exception {
        SQLiteDataSource old = SqliteStore.source(directory.resolve("fairlead.db"));
        Flyway.configure()
                .dataSource(old)
                .locations("classpath:db/migration")
                .target("1")
                .loggers("slf4j")
                .load()
                .migrate();
        try (Connection connection = old.getConnection()) {
            new Sql(connection).script("""
                            UPDATE registry SET revision = 1;
                            INSERT INTO chain (name, id) VALUES ('mainnet', 1);
                            INSERT INTO audit (at, who, what, chain, node, details)
                                VALUES ('2026-01-02T03:04:05Z', 'loopback:alice', 'add', 'mainnet', 'geth-1', 'x');
                            """);
        }

        try (Store store = SqliteStore.open(new StoreConfig(directory))) {
            assertThat(store.stored().chains()).containsEntry("mainnet", 1L);
            assertThat(store.stored().keys().all()).isEmpty();
            assertThat(store.audit(Long.MAX_VALUE, 10)).singleElement().satisfies(line -> {
                assertThat(line.node()).isEqualTo("geth-1");
                assertThat(line.tenant()).isNull();
            });
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
