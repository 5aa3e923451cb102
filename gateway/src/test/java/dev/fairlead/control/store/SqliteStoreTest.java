package dev.fairlead.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.control.store.StoreChange.ChainForgotten;
import dev.fairlead.control.store.StoreChange.ChainKept;
import dev.fairlead.control.store.StoreChange.ModeSet;
import dev.fairlead.control.store.StoreChange.NodeForgotten;
import dev.fairlead.control.store.StoreChange.NodeKept;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.fleet.Endpoint.Tls;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final NodeId GETH = new NodeId("mainnet", "geth-1");

    @TempDir
    Path directory;

    @Test
    void everythingThatANodeHasIsThereAfterReopening() {
        var endpoint = new Endpoint(
                URI.create("https://geth.example:8545/v3/a%20key?token=1"),
                URI.create("wss://geth.example/ws"),
                Map.of("x-api-key", "secret", "x-zone", "a"),
                new BasicAuth("user", "pass:word"),
                new Tls(Path.of("/etc/ca.pem"), Path.of("/etc/cert.pem"), Path.of("/etc/key.pem")));
        var node = new Node(
                GETH,
                Node.Role.RENTED,
                endpoint,
                Map.of("zone", "a", "client", "geth"),
                7,
                9,
                Node.Mode.SERVING,
                Node.Origin.ADDED);
        StoredDeclarations stored;
        try (Store store = open()) {
            stored = commit(
                    store,
                    store.stored(),
                    List.of(
                            new ChainKept("mainnet", 1),
                            new NodeKept(new AddedNode(node, true, AT)),
                            new ModeSet(GETH, Node.Mode.DRAINING)));
        }

        try (Store store = open()) {
            assertThat(store.stored()).isEqualTo(stored);
            assertThat(store.stored().nodes().getFirst().node().endpoint().auth())
                    .isEqualTo(new BasicAuth("user", "pass:word"));
            assertThat(store.revision()).isEqualTo(1);
        }
    }

    @Test
    void whatIsTakenBackLeavesNothingBehind() {
        try (Store store = open()) {
            StoredDeclarations one = commit(
                    store,
                    store.stored(),
                    List.of(
                            new ChainKept("mainnet", 1),
                            new NodeKept(added("geth-1")),
                            new ModeSet(GETH, Node.Mode.CORDONED)));
            commit(
                    store,
                    one,
                    List.of(
                            new NodeForgotten(GETH),
                            new ModeSet(GETH, Node.Mode.SERVING),
                            new ChainForgotten("mainnet")));

            StoredDeclarations stored = store.stored();

            assertThat(stored.chains()).isEmpty();
            assertThat(stored.nodes()).isEmpty();
            assertThat(stored.modes()).isEmpty();
        }
    }

    @Test
    void nodesStayInTheOrderInWhichTheyWereAddedWhenOneIsChanged() {
        try (Store store = open()) {
            StoredDeclarations stored = store.stored();
            for (String name : List.of("b", "a", "c"))
                stored = commit(store, stored, List.of(new NodeKept(added(name))));
            commit(store, stored, List.of(new NodeKept(added("b"))));

            assertThat(store.stored().nodes())
                    .extracting(node -> node.id().name())
                    .containsExactly("b", "a", "c");
        }
    }

    @Test
    void anOrderDecidedOnAnOldRevisionDoesNothing() {
        try (Store store = open();
                Store other = open()) {
            StoredDeclarations basis = store.stored();
            commit(other, other.stored(), List.of(new NodeKept(added("quicker"))));

            boolean done = store.commit(basis, List.of(new NodeKept(added("slower"))), line("add"));

            assertThat(done).isFalse();
            assertThat(store.stored().nodes())
                    .extracting(node -> node.id().name())
                    .containsExactly("quicker");
            assertThat(store.audit(Long.MAX_VALUE, 10)).hasSize(1);
        }
    }

    @Test
    void auditLinesComeBackNewestFirstAndPageByPage() {
        try (Store store = open()) {
            for (String what : List.of("add", "cordon", "remove")) store.note(line(what));

            List<AuditLine> newest = store.audit(Long.MAX_VALUE, 2);
            List<AuditLine> older = store.audit(newest.getLast().serial(), 2);

            assertThat(newest).extracting(AuditLine::what).containsExactly("remove", "cordon");
            assertThat(older)
                    .containsExactly(new AuditLine(1, AT, "loopback:alice", "add", "mainnet", null, "details"));
        }
    }

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
    void memoriesAreReplacedAndForgotten() {
        var head = new NodeMemory(GETH, "ready", "block 5", AT, 5L, "0xabc");
        var none = new NodeMemory(new NodeId("mainnet", "dead"), "unreachable", "refused", AT, null, null);
        var later = new NodeMemory(GETH, "lagging", "20 behind", AT.plusSeconds(9), 6L, "0xdef");
        try (Store store = open()) {
            store.remember(List.of(head, none), List.of());
            store.remember(List.of(later), List.of(none.node()));
        }

        try (Store store = open()) {
            assertThat(store.memories()).containsExactly(later);
        }
    }

    @Test
    void aMemoryWithoutAHeadComesBackWithoutOne() {
        var none = new NodeMemory(GETH, "unreachable", "refused", AT, null, null);
        try (Store store = open()) {
            store.remember(List.of(none), List.of());

            assertThat(store.memories()).containsExactly(none);
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

    @Test
    void aClosedStoreSaysSoInsteadOfPretending() {
        Store store = open();
        store.close();

        assertThatThrownBy(store::stored).isInstanceOf(StoreFailure.class);
    }

    private Store open() {
        return SqliteStore.open(new StoreConfig(directory));
    }

    private static List<Path> databaseFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("fairlead.db"))
                    .toList();
        }
    }

    private static StoredDeclarations commit(Store store, StoredDeclarations basis, List<StoreChange> changes) {
        assertThat(store.commit(basis, changes, line("test"))).isTrue();
        return basis.after(changes);
    }

    private static AddedNode added(String name) {
        Node node = Node.of(new NodeId("mainnet", name), Endpoint.of("http://" + name + ".example"));
        return new AddedNode(
                new Node(
                        node.id(),
                        node.role(),
                        node.endpoint(),
                        node.labels(),
                        node.weight(),
                        node.capacity(),
                        node.mode(),
                        Node.Origin.ADDED),
                false,
                AT);
    }

    private static AuditLine line(String what) {
        return new AuditLine(0, AT, "loopback:alice", what, "mainnet", null, "details");
    }

    @Test
    void anErrorInTheMiddleOfATransactionLeavesTheStoreUsable() {
        var deadly = new AbstractList<NodeMemory>() {
            @Override
            public NodeMemory get(int index) {
                throw new StackOverflowError("too deep");
            }

            @Override
            public int size() {
                return 1;
            }
        };
        try (Store store = open()) {
            assertThatThrownBy(() -> store.remember(deadly, List.of())).isInstanceOf(StackOverflowError.class);

            assertThat(store.stored().nodes()).isEmpty();
            store.remember(List.of(new NodeMemory(GETH, "ready", "block 7", AT, 7L, "0x7")), List.of());
            assertThat(store.memories()).hasSize(1);
        }
    }
}
