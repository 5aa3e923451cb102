package dev.fairlead.control.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.fairlead.control.store.AddedNode;
import dev.fairlead.control.store.AddedTenant;
import dev.fairlead.control.store.AuditLine;
import dev.fairlead.control.store.KeyPlace;
import dev.fairlead.control.store.NodeMemory;
import dev.fairlead.control.store.Store;
import dev.fairlead.control.store.StoreChange;
import dev.fairlead.control.store.StoreChange.KeyKept;
import dev.fairlead.control.store.StoreChange.ModeSet;
import dev.fairlead.control.store.StoreChange.NodeKept;
import dev.fairlead.control.store.StoreChange.TenantKept;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.KeyHash;
import dev.fairlead.core.usage.KeyUse;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// Rows that no order can have written: a hand at the file, a fault of an older version.
class InvalidRowsTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final NodeId BAD = new NodeId("mainnet", "bad");
    private static final NodeId GOOD = new NodeId("mainnet", "good");

    private final ListAppender<ILoggingEvent> told = new ListAppender<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void listen() {
        told.start();
        log().addAppender(told);
        log().setAdditive(false);
        try (Store store = open()) {
            List<StoreChange> changes = List.of(
                    new NodeKept(added(BAD)),
                    new NodeKept(added(GOOD)),
                    new ModeSet(BAD, Node.Mode.DRAINING),
                    new ModeSet(GOOD, Node.Mode.CORDONED),
                    new TenantKept(new AddedTenant("bad", AT)),
                    new TenantKept(new AddedTenant("good", AT)),
                    new KeyKept(key("bad")),
                    new KeyKept(key("good")));
            assertThat(store.commit(store.stored(), changes, line())).isTrue();
            store.note(line());
            store.remember(List.of(memory(BAD), memory(GOOD)), List.of());
        }
    }

    @AfterEach
    void stopListening() {
        log().detachAppender(told);
        log().setAdditive(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http = 'http://127.0.0.1:1/secret key'",
                "http = 'secret'",
                "http = ''",
                "http = 'file:///secret'",
                "http = 'http://secret:99999999'",
                "ws = 'secret'",
                "ws = 'http://127.0.0.1/secret'",
                "role = 'secret'",
                "role = ''",
                "weight = 0",
                "weight = 4294967297",
                "capacity = -1",
                "rate = 5",
                "rate_millis = 1000",
                "rate = 5, rate_millis = 7200000",
                "daily = -1",
                "credits = 'secret'",
                "credits = 'eth_call=x'",
                "credits = 'eth_call=1  eth_getLogs=2'",
                "daily = 5, credits = '*=80'",
                "added_at = 'secret'",
                "added_at = '2026-13-01T00:00:00Z'",
                "auth_user = NULL",
                "auth_password = NULL",
                "tls_ca = char(47, 0, 47)",
                "http = 'http://secret@127.0.0.1:1'",
                "auth_user = 'se:cret'",
                "auth_user = 'secret' || char(10)",
                "auth_password = 'secret' || char(13, 10) || 'X-Other: 1'",
                "leader = 7",
            })
    void aNodeThatCannotBeReadIsLeftOutAndToldAndTheOthersServe(String fault) throws SQLException {
        spoil("UPDATE node SET " + fault + " WHERE name = 'bad'");

        try (Store store = open()) {
            assertThat(store.stored().nodes()).extracting(AddedNode::id).containsExactly(GOOD);
            assertThat(store.stored().nodes()).containsExactly(added(GOOD));
        }
        assertTold("mainnet/bad", "node", "add it again");
    }

    @Test
    void aNodeThatCouldNotBeReadIsMendedByAddingItAgain() throws SQLException {
        spoil("UPDATE node SET http = 'x' WHERE name = 'bad'");

        try (Store store = open()) {
            assertThat(store.commit(store.stored(), List.of(new NodeKept(added(BAD))), line()))
                    .isTrue();
            assertThat(store.stored().nodes()).extracting(AddedNode::id).containsExactly(BAD, GOOD);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name = 'x key'",
                "name = ''",
                "name = 'x-key:'",
                "name = 'Host'",
                "value = 'secret' || char(13, 10) || 'X-Other: 1'",
                "value = 'secret' || char(0)",
                "value = printf('secret%.9000c', 'x')",
                "value = 'secrét'",
            })
    void aHeaderThatCannotBeSentIsLeftOutAndItsNodeServes(String fault) throws SQLException {
        spoil("UPDATE node_header SET " + fault + " WHERE node = 'bad'");

        try (Store store = open()) {
            assertThat(store.stored().nodes()).extracting(AddedNode::id).containsExactly(BAD, GOOD);
            assertThat(store.stored().nodes().getFirst().node().endpoint().headers())
                    .isEmpty();
            assertThat(store.stored().nodes().getLast()).isEqualTo(added(GOOD));
        }
        assertTold("mainnet/bad/", "node_header", "without that header");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name = 'no name'", "name = ''", "value = char(27) || '[2J'", "value = printf('%.200c', 'x')"})
    void aLabelThatCannotBeIsLeftOut(String fault) throws SQLException {
        spoil("UPDATE node_label SET " + fault + " WHERE node = 'bad'");

        try (Store store = open()) {
            assertThat(store.stored().nodes()).extracting(AddedNode::id).containsExactly(BAD, GOOD);
            assertThat(store.stored().nodes().getFirst().node().labels()).isEmpty();
            assertThat(store.stored().nodes().getLast()).isEqualTo(added(GOOD));
        }
        assertTold("mainnet/bad/", "node_label", "no such label");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name = 'BAD NAME'", "name = ''", "name = 'a/../b'", "chain = 'ws'", "chain = 'Main' || char(10)"
            })
    void aNodeOfAnImpossibleNameIsLeftOut(String fault) throws SQLException {
        spoil("UPDATE node SET " + fault + " WHERE name = 'bad'");

        try (Store store = open()) {
            assertThat(store.stored().nodes()).extracting(AddedNode::id).containsExactly(GOOD);
        }
        assertTold("table node", "add it again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name = 'no chain'", "id = -5", "name = '7'"})
    void aChainThatCannotBeIsLeftOut(String fault) throws SQLException {
        spoil("INSERT INTO chain (name, id) VALUES ('private', 7)");
        spoil("INSERT INTO chain (name, id) VALUES ('other', 8)");
        spoil("UPDATE chain SET " + fault + " WHERE name = 'private'");

        try (Store store = open()) {
            assertThat(store.stored().chains()).isEqualTo(Map.of("other", 8L));
        }
        assertTold("table chain", "correct the row");
    }

    @Test
    void aModeOfAnImpossibleNodeIsLeftOut() throws SQLException {
        spoil("UPDATE node_mode SET node = 'b a d' WHERE node = 'bad'");

        try (Store store = open()) {
            assertThat(store.stored().modes()).isEqualTo(Map.of(GOOD, Node.Mode.CORDONED));
        }
        assertTold("node_mode");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hash = 'secret'",
                "hash = upper(hash)",
                "hash = ''",
                "alias = 'Se cret'",
                "alias = ''",
                "prefix = 'much too long for one'",
                "prefix = ''",
                "prefix = 'fl ' || char(10)",
                "created_at = 'secret'",
                "expires_at = 'secret'",
                "expires_at = ''",
                "tenant = 'B A D'",
            })
    void aKeyThatCannotBeReadIsRefusedAndTheOthersServe(String fault) throws SQLException {
        spoil("UPDATE api_key SET " + fault + " WHERE tenant = 'bad'");

        try (Store store = open()) {
            assertThat(store.stored().keys().all()).containsExactly(key("good"));
            assertThat(store.stored().nodes()).hasSize(2);
        }
        assertTold("api_key", "calls with that key are refused", "add another key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name = 'B A D'",
                "name = ''",
                "added_at = 'secret'",
                "preset = 'wide'",
                "allow = 'trace_* debug-trace'",
                "deny = ' '",
                "rate = 0, rate_millis = 1000",
                "rate = 5",
                "rate_millis = 5000",
                "burst = -1",
                "daily = -1",
                "ordered_at = 'secret'"
            })
    void aTenantThatCannotBeReadIsLeftOut(String fault) throws SQLException {
        spoil("UPDATE tenant SET " + fault + " WHERE name = 'bad'");

        try (Store store = open()) {
            assertThat(store.stored().tenants()).extracting(AddedTenant::name).containsExactly("good");
            assertThat(store.stored().keys().all()).hasSize(2);
        }
        assertTold("tenant", "its keys are refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verdict = 'secret'", "head_number = -1", "node = 'b a d'"})
    void aMemoryOfWhatCannotBeIsForgotten(String fault) throws SQLException {
        spoil("UPDATE node_memory SET " + fault + " WHERE node = 'bad'");

        try (Store store = open()) {
            assertThat(store.memories()).containsExactly(memory(GOOD));
        }
        assertTold("node_memory", "was forgotten");
    }

    @ParameterizedTest
    @ValueSource(strings = {"answered = -1", "credits = -1", "tenant = 'B A D'", "last_at = 'secret'"})
    void aUseThatCannotBeIsNotCounted(String fault) throws SQLException {
        LocalDate day = LocalDate.of(2026, 1, 2);
        try (Store store = open()) {
            store.rememberUses(List.of(), List.of(use("bad", day), use("good", day)));
        }
        spoil("UPDATE key_use SET " + fault + " WHERE alias = 'bad'");

        try (Store store = open()) {
            assertThat(store.keyUses(day, null, KeyPlace.BEGINNING, 9)).containsExactly(use("good", day));
        }
        assertTold("key_use", "not counted");
    }

    private static KeyUse use(String key, LocalDate day) {
        return new KeyUse("team", key, day, 3, 1, Map.of("limited", 2L), 40, AT);
    }

    /// As a table has it that another program made anew, without its types.
    @Test
    void columnsOfAnyTypeTakeNoOtherRowAlong() throws SQLException {
        spoil("INSERT INTO chain (name, id) VALUES ('other', 8)");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("fairlead.db"))) {
            var sql = new Sql(connection);
            for (String table : List.of(
                    "chain", "node", "node_header", "node_label", "node_mode", "node_memory", "tenant", "api_key")) {
                sql.script("ALTER TABLE " + table + " RENAME TO old; CREATE TABLE " + table
                        + " AS SELECT * FROM old; DROP TABLE old");
                for (String value : List.of("NULL", "x'ff00fe'", "1.5", "'secret'")) {
                    sql.script("INSERT INTO " + table + " SELECT * FROM " + table + " LIMIT 1");
                    for (String column : columns(sql, table)) {
                        sql.script("UPDATE " + table + " SET " + column + " = " + value
                                + " WHERE rowid = (SELECT max(rowid) FROM " + table + ")");
                    }
                }
            }
        }

        try (Store store = open()) {
            assertThat(store.stored().nodes()).extracting(AddedNode::id).containsExactly(BAD, GOOD);
            assertThat(store.stored().nodes()).contains(added(GOOD));
            assertThat(store.stored().chains()).isEqualTo(Map.of("other", 8L));
            assertThat(store.stored().modes()).hasSize(2);
            assertThat(store.stored().tenants()).extracting(AddedTenant::name).containsExactly("bad", "good");
            assertThat(store.stored().keys().all()).containsExactly(key("bad"), key("good"));
            assertThat(store.memories()).containsExactlyInAnyOrder(memory(BAD), memory(GOOD));
        }
        assertThat(told.list).isNotEmpty();
    }

    private static List<String> columns(Sql sql, String table) throws SQLException {
        return sql.rows("SELECT name FROM pragma_table_info('" + table + "')", row -> row.getString(1));
    }

    @Test
    void aModeThatCannotBeReadIsLeftOut() throws SQLException {
        spoil("UPDATE node_mode SET mode = 'secret' WHERE node = 'bad'");

        try (Store store = open()) {
            assertThat(store.stored().modes()).isEqualTo(Map.of(GOOD, Node.Mode.CORDONED));
            assertThat(store.stored().nodes()).hasSize(2);
        }
        assertTold("mainnet/bad", "node_mode", "cordon or drain it again");
    }

    @Test
    void aMemoryThatCannotBeReadIsForgotten() throws SQLException {
        spoil("UPDATE node_memory SET since = 'secret' WHERE node = 'bad'");

        try (Store store = open()) {
            assertThat(store.memories()).containsExactly(memory(GOOD));
        }
        assertTold("mainnet/bad", "node_memory", "was forgotten");
    }

    @Test
    void aLineOfTheAuditThatCannotBeReadIsLeftOut() throws SQLException {
        spoil("UPDATE audit SET at = 'secret' WHERE serial = 1");

        try (Store store = open()) {
            assertThat(store.audit(Long.MAX_VALUE, 10))
                    .extracting(AuditLine::serial)
                    .containsExactly(2L);
        }
        assertTold("row 1 ", "audit", "correct the row");
    }

    private void assertTold(String... words) {
        assertThat(told.list)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getLevel().toString()).isEqualTo("WARN"))
                .allSatisfy(event ->
                        assertThat(event.getFormattedMessage()).contains(words).doesNotContain("secret"));
    }

    private void spoil(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("fairlead.db"))) {
            assertThat(new Sql(connection).update(statement)).isEqualTo(1);
        }
    }

    private Store open() {
        return SqliteStore.open(new StoreConfig(directory));
    }

    private static Logger log() {
        return (Logger) LoggerFactory.getLogger("fairlead.store");
    }

    private static AddedNode added(NodeId id) {
        var endpoint = new Endpoint(
                URI.create("http://127.0.0.1:1/" + id.name()),
                URI.create("ws://127.0.0.1:2"),
                Map.of("x-key", "secret"),
                new BasicAuth("user", "secret"),
                null);
        return new AddedNode(
                new Node(id, Node.Role.OWN, endpoint, Map.of("rack", "7"), 7, 9, Node.Mode.SERVING, Node.Origin.ADDED),
                false,
                AT);
    }

    private static ApiKey key(String tenant) {
        return new ApiKey(tenant, "web", "fl_abc", KeyHash.of("key of " + tenant), AT, null);
    }

    private static NodeMemory memory(NodeId id) {
        return new NodeMemory(id, "ready", "block 5", AT, 5L, "0xabc");
    }

    private static AuditLine line() {
        return new AuditLine(0, AT, "loopback:alice", "add", "mainnet", null, "details");
    }
}
