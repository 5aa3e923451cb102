package dev.fairlead.control.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.control.store.AuditLine;
import dev.fairlead.control.store.Store;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.control.store.StoreContract;
import dev.fairlead.control.store.StoreFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    @TempDir
    Path directory;

    @Test
    void onlyTheLastAuditLinesAreKept() {
        try (Store store = SqliteStore.open(new StoreConfig(directory), 3)) {
            for (int i = 0; i < 10; i++) store.note(line("order " + i));

            assertThat(store.audit(Long.MAX_VALUE, 100))
                    .extracting(AuditLine::what)
                    .containsExactly("order 9", "order 8", "order 7");
        }
    }

    @Test
    void onlyTheOwnerMayReadTheFilesBecauseTheyHoldKeys() throws IOException {
        Path made = directory.resolve("deep/data");
        try (Store store = SqliteStore.open(new StoreConfig(made))) {
            store.note(line("add"));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
            assertThat(databaseFiles(made))
                    .hasSizeGreaterThan(1)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void aFileThatOthersMayReadIsClosedToThem() throws IOException {
        open().close();
        Path file = directory.resolve("fairlead.db");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        open().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void everyCommitIsFlushedAndOthersAreWaitedFor() throws SQLException {
        try (var connection =
                SqliteStore.source(directory.resolve("settings.db")).getConnection()) {
            var sql = new Sql(connection);

            assertThat(sql.rows("PRAGMA journal_mode", row -> row.getString(1))).containsExactly("wal");
            assertThat(sql.number("PRAGMA synchronous")).isEqualTo(2);
            assertThat(sql.number("PRAGMA busy_timeout")).isEqualTo(5_000);
        }
    }

    @Test
    void theNewestMigrationIsTheVersionThatIsTakenForCurrent() throws SQLException {
        open().close();

        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("fairlead.db"))) {
            assertThat(new Sql(connection).number("SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history"))
                    .isEqualTo(Schema.CURRENT);
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsToldWithWhatToDo() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");

        assertThatThrownBy(() -> SqliteStore.open(new StoreConfig(file)))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("a file where the directory should be")
                .hasMessageContaining("store.directory");
        assertThatThrownBy(() -> SqliteStore.open(new StoreConfig(Path.of("/proc/fairlead"))))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("/proc/fairlead")
                .hasMessageContaining("may write");
    }

    @Test
    void aFileOfAnotherKindIsToldAndLeftAsItIs() throws IOException {
        Path file = Files.writeString(directory.resolve("fairlead.db"), "a letter to my aunt");

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("found a file of another kind");
        assertThat(file).hasContent("a letter to my aunt");
    }

    @Test
    void aDamagedFileIsToldWithWhatToDo() throws IOException {
        open().close();
        try (var file = new RandomAccessFile(directory.resolve("fairlead.db").toFile(), "rw")) {
            file.seek(40);
            file.write("damage".repeat(600).getBytes(StandardCharsets.US_ASCII));
        }

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("expected a sound SQLite database")
                .hasMessageContaining("restore a backup");
    }

    @Test
    void aDatabaseOfAnotherProgramIsLeftAlone() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("fairlead.db"))) {
            new Sql(connection).execute("CREATE TABLE recipes (name TEXT)");
        }

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("found one of another program");
    }

    @Test
    void aDatabaseOfANewerFairleadIsLeftAlone() throws SQLException {
        open().close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("fairlead.db"))) {
            new Sql(connection).execute("UPDATE flyway_schema_history SET version = '77'");
        }

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("found version 77")
                .hasMessageContaining("newer Fairlead");
    }

    @Override
    protected Store open() {
        return SqliteStore.open(new StoreConfig(directory));
    }

    private static List<Path> databaseFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("fairlead.db"))
                    .toList();
        }
    }
}
