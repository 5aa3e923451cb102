package dev.fairlead.control.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.config.keys.Configuration;
import dev.fairlead.config.keys.ConfigurationReader;
import dev.fairlead.config.keys.Overrides;
import dev.fairlead.config.keys.Settings;
import dev.fairlead.control.store.AddedNode;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.control.store.sqlite.SqliteStore;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.SpendingPlan;
import dev.fairlead.core.upstream.NodeRequestHead;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A node may be declared in the file, on the command line, or through the admin API; what is accepted is kept in the
/// store, and sent on the wire. Whatever is declared, all of them give the same answer.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeDoorsTest {
    private static final String CHAIN = "mainnet";
    private static final NodeId ID = new NodeId(CHAIN, "n");

    @TempDir
    static Path directory;

    private AdminFixture gateway;
    private Path pem;

    @BeforeAll
    void open() throws IOException {
        gateway = AdminFixture.start(directory.resolve("data"));
        pem = Files.writeString(directory.resolve("some.pem"), "PEM");
    }

    @AfterAll
    void close() {
        gateway.close();
    }

    /// Members as the API calls them; a null is not said.
    record Declared(Map<String, Object> members) {
        static Declared url(String url) {
            return new Declared(Map.of("url", url));
        }

        static Declared good() {
            return url("https://127.0.0.1:1");
        }

        Declared with(String member, Object value) {
            var more = new LinkedHashMap<>(members);
            more.put(member, value);
            return new Declared(more);
        }

        String json(String name) {
            return AdminFixture.JSON.writeValueAsString(with("chain", CHAIN).with("name", name).members);
        }

        String toml(String name) {
            var text = new StringBuilder("[chains." + CHAIN + ".nodes." + name + "]\n");
            members.forEach((member, value) ->
                    text.append(key(member)).append(" = ").append(inToml(value)).append('\n'));
            return text.toString();
        }

        private static String key(String member) {
            return member.equals("wsUrl") ? "ws_url" : member;
        }

        private static String inToml(Object value) {
            if (!(value instanceof Map<?, ?> pairs)) return AdminFixture.JSON.writeValueAsString(value);
            return pairs.entrySet().stream()
                    .map(pair -> AdminFixture.JSON.writeValueAsString(pair.getKey()) + " = " + inToml(pair.getValue()))
                    .collect(Collectors.joining(", ", "{ ", " }"));
        }

        @Override
        public String toString() {
            String text = members.toString();
            return text.length() < 120 ? text : text.substring(0, 120) + "…";
        }
    }

    private static Map<String, String> pairs(String... namesAndValues) {
        var pairs = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) pairs.put(namesAndValues[i], namesAndValues[i + 1]);
        return pairs;
    }

    private static Map<String, String> many(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "x" + i, _ -> "y"));
    }

    private List<Arguments> declarations() {
        var all = new ArrayList<Arguments>();
        Declared good = Declared.good();
        for (String url : List.of(
                "http://127.0.0.1:1",
                "HTTP://LocalHost:1/v3/Key?a=b",
                "https://[::1]:1/",
                "http://user@127.0.0.1:1",
                "http://user:pa%40ss@127.0.0.1:1",
                "http://:key@127.0.0.1:1",
                "http://@127.0.0.1:1",
                "http://:@127.0.0.1:1",
                "http://geth.:1",
                "http://127.0.0.1:1?")) all.add(Arguments.of(Declared.url(url), true));
        for (String url : List.of(
                "",
                "127.0.0.1:1",
                "ftp://127.0.0.1",
                "ws://127.0.0.1",
                "http://",
                "http://127.0.0.1:0",
                "http://127.0.0.1:65536",
                "http://127.0.0.1:",
                "http://127.0.0.256",
                "http://127.1",
                "http://0x7f000001",
                "http://a_b",
                "http://a b",
                "http://geth#x",
                "http://geth/%zz",
                "http://geth/\u00e9",
                "http://geth/v3/***",
                "http://us%3Aer:pw@geth",
                "http://us%0Aer:pw@geth",
                "http://user:p%00w@geth",
                "http://" + "u".repeat(257) + ":pw@geth",
                "http://geth/" + "x".repeat(2048),
                "http://169.254.169.254/latest",
                "http://metadata.google.internal",
                "http://[fe80::1]:1")) all.add(Arguments.of(Declared.url(url), false));
        for (String url : List.of("ws://127.0.0.1:2", "wss://127.0.0.1:2/key"))
            all.add(Arguments.of(good.with("wsUrl", url), true));
        for (String url : List.of("http://127.0.0.1:2", "ws://", "ws://[fe80::1]:2", "wss://geth/***"))
            all.add(Arguments.of(good.with("wsUrl", url), false));
        all.add(Arguments.of(Declared.url("http://a:b@geth").with("wsUrl", "ws://a:b@geth"), true));
        all.add(Arguments.of(Declared.url("http://a:b@geth").with("wsUrl", "ws://a:c@geth"), false));
        all.add(Arguments.of(Declared.url("http://a:b@geth").with("auth", pairs("user", "a", "password", "b")), true));
        all.add(Arguments.of(Declared.url("http://a:b@geth").with("auth", pairs("user", "a", "password", "c")), false));
        headers().forEach((pairs, fine) -> all.add(Arguments.of(good.with("headers", pairs), fine)));
        labels().forEach((pairs, fine) -> all.add(Arguments.of(good.with("labels", pairs), fine)));
        auths().forEach((pairs, fine) -> all.add(Arguments.of(good.with("auth", pairs), fine)));
        tls().forEach((pairs, fine) -> all.add(Arguments.of(good.with("tls", pairs), fine)));
        all.add(Arguments.of(Declared.url("http://127.0.0.1:1").with("tls", pairs("ca", pem.toString())), false));
        all.add(Arguments.of(Declared.url("http://127.0.0.1:1").with("tls", pairs()), true));
        for (int number : new int[] {1, 100, 10_000}) all.add(Arguments.of(good.with("weight", number), true));
        for (int number : new int[] {0, -1, 10_001, Integer.MAX_VALUE})
            all.add(Arguments.of(good.with("weight", number), false));
        for (int number : new int[] {1, 100_000}) all.add(Arguments.of(good.with("capacity", number), true));
        for (long number : new long[] {0, -1, 100_001, Long.MAX_VALUE, Long.MIN_VALUE})
            all.add(Arguments.of(good.with("capacity", number), false));
        for (String rate : List.of("1/s", "500/s", "1000/5m", "3600/1h", "9/100ms"))
            all.add(Arguments.of(good.with("rate", rate), true));
        for (String rate : List.of("50", "0/s", "50/d", "5/2h", "50/x", "-1/s"))
            all.add(Arguments.of(good.with("rate", rate), false));
        for (long number : new long[] {0, 1, 3_000_000, SpendingPlan.MOST_DAILY})
            all.add(Arguments.of(good.with("daily", number), true));
        for (long number : new long[] {-1, SpendingPlan.MOST_DAILY + 1, Long.MIN_VALUE})
            all.add(Arguments.of(good.with("daily", number), false));
        credits().forEach((weights, fine) -> all.add(Arguments.of(good.with("credits", weights), fine)));
        all.add(Arguments.of(good.with("rate", "80/s").with("credits", Map.of("*", 80)), true));
        all.add(Arguments.of(good.with("rate", "79/s").with("credits", Map.of("*", 80)), false));
        all.add(Arguments.of(good.with("daily", 79).with("credits", Map.of("*", 80)), false));
        for (Object odd : List.of("one", 1.5, true, List.of(1))) all.add(Arguments.of(good.with("weight", odd), false));
        for (String role : List.of("own", "rented")) all.add(Arguments.of(good.with("role", role), true));
        for (String role : List.of("", "OWN", "leased")) all.add(Arguments.of(good.with("role", role), false));
        all.add(Arguments.of(Declared.url("https://mainnet.infura.io/v3/key"), true));
        all.add(Arguments.of(good.with("wight", 1), false));
        return all;
    }

    private static Map<Map<String, Object>, Boolean> credits() {
        var all = new LinkedHashMap<Map<String, Object>, Boolean>();
        all.put(Map.of(), true);
        all.put(Map.of("*", 80, "eth_getLogs", 255, "debug_*", 0), true);
        all.put(Map.of("eth_call", 1_000_000), true);
        all.put(Map.of("eth_call", 1_000_001), false);
        all.put(Map.of("eth_call", -1), false);
        all.put(Map.of("eth_call", 1.5), false);
        all.put(Map.of("eth call", 1), false);
        all.put(Map.of("*eth", 1), false);
        return all;
    }

    private static Map<Map<String, String>, Boolean> headers() {
        var all = new LinkedHashMap<Map<String, String>, Boolean>();
        all.put(pairs(), true);
        all.put(pairs("X-Api-Key", "secret", "x-zone", ""), true);
        all.put(pairs("authorization", "Bearer x"), true);
        all.put(pairs("User-Agent", "ours"), true);
        all.put(pairs("x'y!#", "tab\there"), true);
        all.put(pairs("x".repeat(128), "v"), true);
        all.put(many(32), true);
        for (String own : List.of(
                "Connection",
                "content-length",
                "Content-Type",
                "expect",
                "Fairlead-Hop",
                "HOST",
                "keep-alive",
                "proxy-connection",
                "TE",
                "trailer",
                "Transfer-Encoding",
                "upgrade")) all.put(pairs(own, "1"), false);
        all.put(pairs("X-Key", "a", "x-key", "a"), false);
        all.put(pairs("a b", "c"), false);
        all.put(pairs("a:", "c"), false);
        all.put(pairs("", "c"), false);
        all.put(pairs("\u00e9", "c"), false);
        all.put(pairs("x".repeat(129), "v"), false);
        all.put(pairs("x", "a\r\nhost: evil"), false);
        all.put(pairs("x", "\u0000"), false);
        all.put(pairs("x", "\u00e9"), false);
        all.put(pairs("x", "v".repeat(8193)), false);
        all.put(many(33), false);
        return all;
    }

    private static Map<Map<String, String>, Boolean> labels() {
        var all = new LinkedHashMap<Map<String, String>, Boolean>();
        all.put(pairs("zone", "a", "Zone", "b", "_x.y-z", "caf\u00e9"), true);
        all.put(pairs("x".repeat(63), "v".repeat(128)), true);
        all.put(many(32), true);
        all.put(pairs("1zone", "a"), false);
        all.put(pairs("", "a"), false);
        all.put(pairs("a b", "a"), false);
        all.put(pairs("x".repeat(64), "a"), false);
        all.put(pairs("x", "v".repeat(129)), false);
        all.put(pairs("x", "a\nb"), false);
        all.put(many(33), false);
        return all;
    }

    private static Map<Map<String, String>, Boolean> auths() {
        var all = new LinkedHashMap<Map<String, String>, Boolean>();
        all.put(pairs("user", "u", "password", "p:w"), true);
        all.put(pairs("password", "key"), true);
        all.put(pairs("user", "", "password", "key"), true);
        all.put(pairs("user", "u".repeat(256), "password", "p".repeat(1024)), true);
        all.put(pairs("user", "u"), false);
        all.put(pairs("user", "u", "password", ""), false);
        all.put(pairs("user", "a:b", "password", "c"), false);
        all.put(pairs("user", "a\n", "password", "c"), false);
        all.put(pairs("user", "u", "password", "\u007f"), false);
        all.put(pairs("user", "u".repeat(257), "password", "p"), false);
        all.put(pairs("user", "u", "password", "p".repeat(1025)), false);
        all.put(pairs("user", "u", "password", "p", "realm", "x"), false);
        return all;
    }

    private Map<Map<String, String>, Boolean> tls() {
        String file = pem.toString();
        var all = new LinkedHashMap<Map<String, String>, Boolean>();
        all.put(pairs(), true);
        all.put(pairs("ca", file), true);
        all.put(pairs("certificate", file, "key", file), true);
        all.put(pairs("certificate", file), false);
        all.put(pairs("key", file), false);
        all.put(pairs("ca", file + ".missing"), false);
        all.put(pairs("ca", directory.toString()), false);
        all.put(pairs("ca", file, "verify", "no"), false);
        return all;
    }

    @ParameterizedTest
    @MethodSource("declarations")
    void everyDoorGivesTheSameAnswer(Declared declared, boolean fine) throws Exception {
        Optional<Node> byFile = byFile(declared.toml("n"), "n");
        HttpResponse<String> byApi = gateway.send("POST", "/api/v1/nodes", declared.json("n"));
        Optional<AddedNode> kept = gateway.store.stored().node(ID);
        gateway.send("DELETE", "/api/v1/nodes/" + CHAIN + "/n", "");

        assertThat(byFile.isPresent()).as("in the file").isEqualTo(fine);
        assertThat(byApi.statusCode() == 201).as("by the API: " + byApi.body()).isEqualTo(fine);
        assertThat(kept.isPresent()).as("in the store").isEqualTo(fine);
        if (!fine) return;
        assertThat(kept.map(NodeDoorsTest::bare))
                .isEqualTo(byFile.map(node -> bare(new AddedNode(node, false, AdminFixture.AT))));
        Map<String, String> sent = NodeRequestHead.headers(
                byFile.orElseThrow().endpoint(), byFile.orElseThrow().endpoint().http());
        byFile.orElseThrow()
                .endpoint()
                .headers()
                .forEach((name, value) -> assertThat(sent).containsEntry(name.toLowerCase(Locale.ROOT), value));
    }

    /// Without where it was declared.
    private static Node bare(AddedNode added) {
        Node node = added.node();
        return new Node(
                node.id(),
                node.role(),
                node.endpoint(),
                node.labels(),
                node.weight(),
                node.capacity(),
                node.plan(),
                node.mode(),
                Node.Origin.FILE);
    }

    @ParameterizedTest
    @MethodSource("declarations")
    void theCommandLineAgreesAboutUrls(Declared declared, boolean fine) {
        if (!declared.members.keySet().equals(Map.of("url", "").keySet())) return; // it knows of nothing else
        String url = String.valueOf(declared.members.get("url"));

        Optional<Node> byOption = byOption(url).map(all -> all.getFirst());

        assertThat(byOption.isPresent()).isEqualTo(fine);
        if (!fine) return;
        Node byFile = byFile(declared.toml("n"), "n").orElseThrow();
        assertThat(byOption.get().endpoint()).isEqualTo(byFile.endpoint());
        assertThat(byOption.get().role()).isEqualTo(byFile.role());
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:1, http://h:1/, false",
        "http://h, http://h:80, false",
        "https://h, https://h:443/, false",
        "http://H:1/a, http://h:1/a, false",
        "http://h.:1, http://h:1, false",
        "http://h:1/%7Ea, http://h:1/~a, false",
        "http://h:1/a?, http://h:1/a, false",
        "http://u:p@h:1, http://h:1, false",
        "http://[::1]:1, http://[0:0:0:0:0:0:0:1]:1, false",
        "http://[::ffff:127.0.0.1]:1, http://127.0.0.1:1, false",
        "http://h:1, http://h:2, true",
        "http://h:1/a, http://h:1/A, true",
        "http://h:1, https://h:1, true",
        "http://h:1/?a=b, http://h:1/?a=c, true",
    })
    void everyDoorTellsWhetherTwoUrlsAreOneNode(String first, String second, boolean two) throws Exception {
        Declared one = Declared.url(first);
        Declared other = Declared.url(second);

        boolean byFile = byFile(one.toml("n") + other.toml("m"), "m").isPresent();
        gateway.send("POST", "/api/v1/nodes", one.json("n"));
        HttpResponse<String> byApi = gateway.send("POST", "/api/v1/nodes", other.json("m"));
        clear();

        assertThat(byFile).as("in the file").isEqualTo(two);
        assertThat(byApi.statusCode()).as(byApi.body()).isEqualTo(two ? 201 : 409);
        assertThat(byOption(first, second).isPresent())
                .as("on the command line")
                .isEqualTo(two);
    }

    @Test
    void aWebSocketUrlBelongsToOneNodeToo() throws Exception {
        Declared one = Declared.url("http://h:1").with("wsUrl", "ws://h:9");
        Declared other = Declared.url("http://h:2").with("wsUrl", "ws://h:9/");

        boolean byFile = byFile(one.toml("n") + other.toml("m"), "m").isPresent();
        gateway.send("POST", "/api/v1/nodes", one.json("n"));
        HttpResponse<String> byApi = gateway.send("POST", "/api/v1/nodes", other.json("m"));
        clear();

        assertThat(byFile).isFalse();
        assertThat(byApi.statusCode()).as(byApi.body()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "a-1", "1", "0x", "readyz", "-a", "A", "a_b", "a.b", ""})
    void everyDoorGivesTheSameAnswerAboutANodesName(String name) throws Exception {
        Declared declared = Declared.good();

        boolean byFile = byFile(declared.toml('"' + name + '"'), name).isPresent();
        HttpResponse<String> byApi = gateway.send("POST", "/api/v1/nodes", declared.json(name));
        clear();

        assertThat(byApi.statusCode() == 201).as(byApi.body()).isEqualTo(byFile);
        assertThat(byFile).isEqualTo(name.matches("[a-z0-9][a-z0-9-]*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8545",
                "http://geth.example:8545/x",
                "https://[::1]:1",
                "https://0123456789abcdef0123456789abcdef.rpc.example"
            })
    void aNameThatIsNotGivenIsTheSameOnTheCommandLineAndByTheApi(String url) throws Exception {
        var order = Declared.url(url).with("chain", CHAIN).members;
        gateway.send("POST", "/api/v1/nodes", AdminFixture.JSON.writeValueAsString(order));
        String byApi = gateway.store.stored().nodes().getFirst().id().name();
        clear();

        assertThat(byOption(url).orElseThrow().getFirst().id().name()).isEqualTo(byApi);
    }

    @Test
    void whatTheApiAcceptedIsSoundForTheNextStart() throws Exception {
        for (Arguments each : declarations()) {
            Object[] row = each.get();
            if (row[1].equals(true)) gateway.send("POST", "/api/v1/nodes", ((Declared) row[0]).json("n"));
            List<AddedNode> now = gateway.store.stored().nodes();

            try (var again = SqliteStore.open(new StoreConfig(directory.resolve("data")))) {
                assertThat(again.stored().nodes()).as(each.toString()).isEqualTo(now);
            }
            clear();
        }
    }

    private void clear() throws Exception {
        for (AddedNode added : gateway.store.stored().nodes()) {
            gateway.send("DELETE", "/api/v1/nodes/" + added.id(), "");
        }
    }

    private Optional<Node> byFile(String toml, String name) {
        return switch (ConfigurationReader.parse(toml, directory, Map.of())) {
            case Configuration.Faulty _ -> Optional.empty();
            case Configuration.Valid(var settings, var _) ->
                settings.chains().getFirst().nodes().stream()
                        .filter(node -> node.id().name().equals(name))
                        .findFirst();
        };
    }

    private static Optional<List<Node>> byOption(String... urls) {
        var overrides = new Overrides(List.of(urls), null, null, null, null, null);
        return switch (overrides.over(Settings.DEFAULT)) {
            case Overrides.Merged.Bad _ -> Optional.empty();
            case Overrides.Merged.Good(var settings, var _) ->
                Optional.of(settings.chains().getFirst().nodes());
        };
    }
}
