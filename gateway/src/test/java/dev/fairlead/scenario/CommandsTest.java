package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.FairleadCommand;
import dev.fairlead.fakenode.Behaviour;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import dev.fairlead.support.Await;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator types, and what comes of it.
class CommandsTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\",\"params\":[]}";
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final int port = Anvil.freePort();
    private final int admin = Anvil.freePort();
    private final FakeChain chain = FakeChain.of(1);
    private FakeNode node;

    /// What a command printed, and how it ended.
    private record CommandRun(int code, String out, String err) {}

    @BeforeEach
    void aNode() {
        chain.mine(10);
        node = FakeNode.start(chain);
    }

    @AfterEach
    void end() {
        node.close();
    }

    @Test
    void withoutNodesTheGatewayTellsHowToAddOneAndThenServesFromIt() throws Exception {
        try (var gateway = serve()) {
            Await.until("it answers", SOON, () -> isAnswering(gateway));
            HttpResponse<String> before = call(gateway, "eth_blockNumber");
            assertThat(before.statusCode()).isEqualTo(503);
            assertThat(before.body()).contains("\"id\":7", "-32010", "fairlead nodes add");

            CommandRun added =
                    run("nodes", "add", node.httpUrl() + "/v3/0123456789abcdef0123456789abcdef", "--name", "geth-1");

            assertThat(added.code()).as(added.err()).isZero();
            gateway.awaitReady();
            assertThat(call(gateway, "eth_blockNumber").body()).contains("\"result\":\"0xa\"");
            assertThat(run("nodes", "list").out()).contains("geth-1", "ready").doesNotContain("0123456789abcdef");
            assertThat(run("nodes", "list", "--json").out()).contains("\"verdict\" : \"ready\"");
            assertThat(run("status").out()).contains("chain id 1", "geth-1");
            assertThat(run("explain", "eth_getBalance", "[\"0x0\",\"0x5\"]").out())
                    .contains("names block 5", "geth-1", "own node that serves");
            assertThat(run("events").out()).contains("verdict", "order");
        }
    }

    @Test
    void whatClientsAndNodesInventMakesNoSeriesAndWhatIsRemovedTakesThemAlong() throws Exception {
        var random = new Random(1);
        node.on(
                "eth_call",
                new Behaviour.Depends(_ -> new Behaviour.ErrorReply(random.nextInt(), "execution reverted")));
        try (var gateway = serve("--node", node.httpUrl().toString())) {
            gateway.awaitReady();
            for (int i = 0; i < 100; i++) {
                post(gateway, batch(random, "eth_call"));
                post(gateway, batch(random, "made_up_%d"));
                get(gateway.url() + "/chain-" + i);
                HTTP.send(
                        HttpRequest.newBuilder(URI.create(gateway.url() + "/chain-" + i))
                                .header("X-Request-Id", "id-" + i)
                                .POST(BodyPublishers.ofString(CALL))
                                .build(),
                        BodyHandlers.discarding());
            }
            String metrics = get("http://127.0.0.1:" + admin + "/metrics");

            assertThat(metrics.lines().filter(line -> line.startsWith("fairlead_calls_total{")))
                    .hasSizeLessThan(60);
            assertThat(metrics.lines().filter(line -> line.startsWith("fairlead_attempts_total{")))
                    .hasSizeLessThan(60);
            assertThat(metrics.lines().filter(line -> line.startsWith("fairlead_")))
                    .hasSizeLessThan(400);
            assertThat(metrics).doesNotContain("made_up", "chain-1", "id-1");

            run("nodes", "add", "http://127.0.0.1:1", "--name", "short-lived");
            gateway.awaitVerdict("short-lived", "unreachable", SOON);
            assertThat(get("http://127.0.0.1:" + admin + "/metrics")).contains("short-lived");
            run("nodes", "remove", "short-lived");
            Await.until("its series are gone", SOON, () -> !isIn(admin, "short-lived"));
        }
    }

    private static boolean isIn(int admin, String text) {
        try {
            return get("http://127.0.0.1:" + admin + "/metrics").contains(text);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String batch(Random random, String method) {
        return IntStream.range(0, 50)
                .mapToObj(i -> "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":[{},\"latest\"]}"
                        .formatted(random.nextInt(), method.formatted(random.nextInt())))
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void aNodeThatIsTheGatewayItselfIsWarnedOfAndNeverAsked() throws Exception {
        try (var gateway = serve()) {
            Await.until("it answers", SOON, () -> isAnswering(gateway));
            assertThat(run("nodes", "add", node.httpUrl().toString(), "--name", "geth-1")
                            .code())
                    .isZero();
            String itself = "http://127.0.0.1:" + port;
            CommandRun added = run("nodes", "add", itself, "--name", "mirror");
            assertThat(added.code()).isZero();
            assertThat(added.out()).contains("note: this is the gateway itself", "server.listen");
            assertThat(run("nodes", "add", "http://localhost:" + admin, "--name", "back")
                            .out())
                    .contains("note: this is the gateway itself", "admin.listen");

            gateway.awaitReady();
            gateway.awaitVerdict("mirror", "wrong-chain", SOON);
            gateway.awaitVerdict("back", "wrong-chain", SOON);

            assertThat(run("status").out()).contains("this gateway itself", "(server.listen)", "(admin.listen)");
            for (int i = 0; i < 20; i++)
                assertThat(call(gateway, "eth_gasPrice").statusCode()).isEqualTo(200);
            assertThat(get("http://127.0.0.1:" + admin + "/metrics"))
                    .doesNotContain("fairlead_attempts_total{chain=\"default\",code=\"-32017\"")
                    .doesNotContain("node=\"mirror\",outcome=\"answered\"");
            assertThat(gateway.log()).contains("mirror", "this gateway itself");
        }
    }

    @Test
    void aGatewayThatStartsWithItselfAsItsNodeNeverCallsItUnreachable() throws Exception {
        try (var gateway = serve("--node", "http://localhost:" + port)) {
            Await.until("it answers", SOON, () -> isAnswering(gateway));
            gateway.awaitVerdict("localhost-" + port, "wrong-chain", SOON);

            HttpResponse<String> refused = call(gateway, "eth_gasPrice");

            assertThat(refused.statusCode()).isEqualTo(508);
            assertThat(refused.body()).contains("\"id\":7", "-32017", "leads back to this gateway");
            assertThat(run("status").out()).contains("this gateway itself");
            assertThat(run("explain", "eth_gasPrice").out()).contains("is this gateway itself, or leads back to it");
            assertThat(gateway.log()).contains("this gateway itself").doesNotContain("unreachable");
        }
    }

    @Test
    void twoGatewaysThatAskEachOtherGoNoFurtherThanTheyMust() throws Exception {
        int other = Anvil.freePort();
        int otherAdmin = Anvil.freePort();
        Path elsewhere = Files.createDirectory(directory.resolve("other"));
        try (var first = serve("--node", "http://127.0.0.1:" + other);
                var second = serve(other, otherAdmin, elsewhere, "--node", "http://127.0.0.1:" + port)) {
            Await.until("both answer", SOON, () -> isAnswering(first) && isAnswering(second));
            Await.until("they know each other", SOON, () -> gives(first, 508));
            assertThat(call(second, "eth_gasPrice").statusCode()).isIn(503, 508);

            assertThat(run("nodes", "add", node.httpUrl().toString(), "--name", "geth-1")
                            .code())
                    .isZero();
            first.awaitReady();

            Await.until("the second serves by the first", SOON, () -> gives(second, 200));
            long before = node.count("eth_maxPriorityFeePerGas");
            for (int i = 0; i < 20; i++) call(second, "eth_maxPriorityFeePerGas");
            assertThat(node.count("eth_maxPriorityFeePerGas") - before).isEqualTo(20);
        }
    }

    @Test
    void whatWasOrderedSurvivesAKill() throws Exception {
        try (var gateway = serve()) {
            Await.until("it answers", SOON, () -> isAnswering(gateway));
            assertThat(run("nodes", "add", node.httpUrl().toString(), "--name", "geth-1")
                            .code())
                    .isZero();
            assertThat(run("nodes", "cordon", "geth-1", "--why", "disk").code()).isZero();
        }

        try (var gateway = serve()) {
            Await.until("it answers", SOON, () -> isAnswering(gateway));

            assertThat(run("nodes", "list").out()).contains("geth-1", "cordoned");
            assertThat(call(gateway, "eth_blockNumber").statusCode()).isEqualTo(503);
            assertThat(run("nodes", "uncordon", "geth-1").code()).isZero();
            gateway.awaitReady();
            assertThat(run("nodes", "remove", "geth-1").code()).isZero();
            assertThat(run("nodes", "list").out()).doesNotContain("geth-1");
        }
    }

    @Test
    void aReloadIsAppliedWholeOrNotAtAll() throws Exception {
        Path file = configuration("");
        try (var gateway = GatewayProcess.serve(file, port, admin)) {
            configuration("[server.limits]\nbatch = 2");
            assertThat(run("reload").out()).contains("server.limits.batch: 1000 → 2");

            configuration("[server.limits]\nbatch = 3\nbacht = 4");
            CommandRun faulty = run("reload");

            assertThat(faulty.code()).isEqualTo(1);
            assertThat(faulty.err()).contains("bacht", "batch");
            String three = "[" + "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"},".repeat(2)
                    + "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}]";
            assertThat(post(gateway, three).statusCode()).isEqualTo(413);
        }
    }

    @Test
    void whatTheGatewayRemarksOnAnOrderIsPrinted() throws Exception {
        try (var gateway = GatewayProcess.serve(configuration(""), port, admin)) {
            assertThat(run("nodes", "cordon", "geth-1").out())
                    .contains("cordoned test/geth-1", "note: no other node of test may serve now");
            assertThat(run("nodes", "uncordon", "geth-1").out())
                    .contains("serving")
                    .doesNotContain("note:");
            assertThat(gateway.isReady()).isTrue();
        }
    }

    @Test
    void aNodeIsMadeItsChainsLeaderAndUnmade() throws Exception {
        try (var gateway = GatewayProcess.serve(configuration(""), port, admin);
                var second = FakeNode.start(chain)) {
            run("nodes", "add", second.httpUrl().toString(), "--name", "infra", "--leader");
            Await.until("it leads", SOON, () -> run("status").out().contains("measured against leader infra"));

            CommandRun undone = run("nodes", "update", "infra", "--no-leader");

            assertThat(undone.code()).as(undone.err()).isZero();
            Await.until("it leads no more", SOON, () -> !run("status").out().contains("measured against leader"));
            assertThat(gateway.isReady()).isTrue();
        }
    }

    @Test
    void aGatewayThatWasStartedWithHangUpsIgnoredReloadsBySignal() throws Exception {
        Path file = configuration("");
        List<String> nohup = List.of("bash", "-c", "trap '' HUP; exec \"$@\"", "nohup");
        List<String> serve = List.of("serve", "--config", file.toString());
        try (var gateway = GatewayProcess.launch(nohup, List.of("-Xmx256m"), serve, directory, port, admin)) {
            gateway.awaitReady();
            configuration("[server.limits]\nbatch = 1");

            Await.until("it is reloaded", SOON, () -> {
                gateway.hangUp();
                return gateway.log().contains("server.limits.batch: 1000 → 1");
            });

            assertThat(gateway.isReady()).isTrue();
        }
    }

    @Test
    void aReloadThatCannotBeWrittenDownIsSaidAndChangesNothing() throws Exception {
        configuration("[store]\ndirectory = \"data\"");
        try (var gateway = GatewayProcess.serve(directory.resolve("fairlead.toml"), port, admin)) {
            configuration("[store]\ndirectory = \"data\"\n[server.limits]\nbatch = 1");
            String database = "jdbc:sqlite:" + directory.resolve("data").resolve("fairlead.db");
            try (var connection = DriverManager.getConnection(database);
                    var statement = connection.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                gateway.hangUp();
                Await.until("it says so", SOON, () -> gateway.log().contains("not reloaded"));
            }

            assertThat(gateway.log()).contains("the store is out of order").doesNotContain("\tat ");
            assertThat(post(gateway, "[" + CALL + "," + CALL + "]").statusCode())
                    .isEqualTo(200);
            gateway.hangUp();
            Await.until("it is reloaded", SOON, () -> gateway.log().contains("server.limits.batch: 1000 → 1"));
            gateway.hangUp();
            Await.until("it is reloaded again", SOON, () -> gateway.log().contains("nothing changed"));
            assertThat(gateway.log())
                    .containsOnlyOnce("server.limits.batch: 1000 → 1")
                    .containsOnlyOnce("nothing changed");
        }
    }

    @Test
    void aNodeIsDrainedAndServesAgain() throws Exception {
        node.on("eth_gasPrice", new Behaviour.Delay(Duration.ofSeconds(5)));
        try (var gateway = GatewayProcess.serve(configuration("[dispatch]\nattempt = \"30s\""), port, admin)) {
            var answer = HTTP.sendAsync(
                    HttpRequest.newBuilder(URI.create(gateway.url()))
                            .POST(BodyPublishers.ofString(CALL.replace("eth_chainId", "eth_gasPrice")))
                            .build(),
                    BodyHandlers.ofString());
            Await.until("the call is at the node", SOON, () -> callsAtNode(gateway) == 1);

            CommandRun late = run("nodes", "drain", "--wait=10ms", "geth-1", "--why", "disk");
            CommandRun drained = run("nodes", "drain", "--wait", "geth-1");

            assertThat(late.code()).isEqualTo(1);
            assertThat(late.err())
                    .contains("test/geth-1: 1 call in flight", "still has 1 call in flight", "nodes uncordon");
            assertThat(drained.code()).as(drained.err()).isZero();
            assertThat(drained.out())
                    .contains("drained test/geth-1: draining", "note: no other node of test may serve now");
            assertThat(answer.get().body()).contains("\"result\"");
            assertThat(call(gateway, "eth_blockNumber").statusCode()).isEqualTo(503);
            assertThat(run("events").out()).contains("draining test/geth-1 (disk)");
            assertThat(run("nodes", "drain", "geth-1", "--json").out()).contains("\"mode\" : \"draining\"");

            assertThat(run("nodes", "uncordon", "geth-1").code()).isZero();
            assertThat(call(gateway, "eth_blockNumber").statusCode()).isEqualTo(200);
            assertThat(run("nodes", "drain", "geth-2").code()).isEqualTo(1);
            assertThat(run("nodes", "drain", "--wait=soon", "geth-1").err())
                    .contains("expected a length of time such as 30s");
        }
    }

    @Test
    void aDrainCanBeWatchedUntilTheLastCallHasItsAnswer() throws Exception {
        node.on("eth_gasPrice", new Behaviour.Delay(Duration.ofSeconds(3)));
        try (var gateway = GatewayProcess.serve(configuration(""), port, admin)) {
            var answer = HTTP.sendAsync(
                    HttpRequest.newBuilder(URI.create(gateway.url()))
                            .POST(BodyPublishers.ofString(CALL.replace("eth_chainId", "eth_gasPrice")))
                            .build(),
                    BodyHandlers.ofString());
            Await.until("the call is at the node", SOON, () -> callsAtNode(gateway) == 1);

            gateway.askToEnd();
            Await.until("it stops", SOON, () -> gateway.log().contains("stopping"));

            assertThat(callsAtNode(gateway)).isEqualTo(1);
            assertThat(get("http://127.0.0.1:" + admin + "/metrics")).contains("fairlead_");
            assertThat(answer.isDone()).isFalse();
            assertThat(answer.join().statusCode()).isEqualTo(200);
            assertThat(gateway.awaitEnd()).isZero();
        }
    }

    @Test
    void aStopUnderLoadWhileHeadsArePushedIsQuiet() throws Exception {
        FakeNode second = FakeNode.start(chain);
        Path file = Files.writeString(directory.resolve("fairlead.toml"), """
                [server]
                listen = "127.0.0.1:%d"
                [admin]
                listen = "127.0.0.1:%d"
                [chains.test.nodes.geth-1]
                url = "%s"
                ws_url = "%s"
                [chains.test.nodes.geth-2]
                url = "%s"
                ws_url = "%s"
                """.formatted(
                        port, admin, node.httpUrl(), node.wsUrl(), second.httpUrl(), second.wsUrl()));
        var going = new AtomicBoolean(true);
        var served = new AtomicInteger();
        try (second;
                var gateway = GatewayProcess.serve(file, port, admin);
                var load = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) load.execute(() -> call(gateway, going, served));
            Await.until("it serves", SOON, () -> {
                chain.mine(1);
                return served.get() > 500;
            });

            assertThat(gateway.terminate()).isZero();

            going.set(false);
            assertThat(gateway.log()).contains("stopped").doesNotContain("\tat ", "Exception", "WARN");
        }
    }

    @Test
    void checkFindsEveryFaultWithItsPlace() throws Exception {
        Path file = Files.writeString(directory.resolve("bad.toml"), """
                [chains.mainnet]
                idd = 1
                leaders = ["infra"]
                [chains.mainnet.nodes.infura]
                url = "ftp://mainnet.example/v3/0123456789abcdef0123456789abcdef"
                """);

        CommandRun ran = run("check", "--config", file.toString());

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err())
                .contains("bad.toml:2:1", "did you mean id", "bad.toml:3:", "bad.toml:5:")
                .doesNotContain("0123456789abcdef");
    }

    @Test
    void checkAsksEveryNode() throws Exception {
        Path good = configuration("");
        assertThat(run("check", "--config", good.toString()).out()).contains("ok", "test/geth-1", "chain id 1");

        node.chainId(5);
        CommandRun wrong = run("check", "--config", configuration("").toString());
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.out()).contains("BAD", "expected chain id 1, found 5");

        node.crash();
        assertThat(run("check", "--config", good.toString()).out()).contains("BAD", "refused");
    }

    @Test
    void exitCodesTellScriptsWhatWentWrong() {
        assertThat(run("status").code()).isEqualTo(4);
        assertThat(run("status").err()).contains("no gateway answers at");
        assertThat(run().code()).isEqualTo(2);
        assertThat(run("serve", "--nodes", "x").code()).isEqualTo(2);
        assertThat(run("version").out()).contains("Fairlead");
        assertThat(run("completion").out()).contains("complete -F");
    }

    @Test
    void aPortInUseIsSaidPlainly() {
        try (var gateway = serve()) {
            Await.until("it answers", SOON, () -> isAnswering(gateway));
            var second = GatewayProcess.launch(
                    List.of(
                            "serve",
                            "--listen",
                            "127.0.0.1:0",
                            "--admin-listen",
                            "127.0.0.1:" + admin,
                            "--data",
                            "other"),
                    directory,
                    port,
                    admin);

            assertThat(second.awaitEnd()).isEqualTo(5);
            assertThat(second.log()).contains("127.0.0.1:" + admin).doesNotContain("\tat ");
        }
    }

    @Test
    void theDemoServesAlthoughOneNodeLagsAndOneFails() throws Exception {
        try (var demo = GatewayProcess.launch(
                List.of("demo", "--listen", "127.0.0.1:" + port, "--admin-listen", "127.0.0.1:" + admin),
                directory,
                port,
                admin)) {
            demo.awaitReady();
            demo.awaitVerdict("laggard", "lagging", SOON);

            for (int i = 0; i < 300; i++)
                assertThat(call(demo, "eth_gasPrice").statusCode()).isEqualTo(200);

            assertThat(demo.log()).contains("Try:", "127.0.0.1:" + port);
            String metrics = get("http://127.0.0.1:" + admin + "/metrics");
            assertThat(metrics)
                    .contains("node=\"steady\"", "jvm_memory_used_bytes")
                    .doesNotContain("node=\"laggard\",outcome=\"answered\"");
            CommandRun reloaded = run("reload");
            assertThat(reloaded.code()).isNotZero();
            assertThat(reloaded.err()).contains("`fairlead demo`");
            assertThat(reloaded.out()).isEmpty();
            CommandRun removed = run("nodes", "remove", "steady");
            assertThat(removed.code()).isNotZero();
            assertThat(removed.err()).contains("simulated nodes").doesNotContain("file");
            assertThat(demo.terminate()).isZero();
        }
    }

    private GatewayProcess serve(String... more) {
        return serve(port, admin, directory, more);
    }

    private static GatewayProcess serve(int port, int admin, Path directory, String... more) {
        var arguments = new ArrayList<>(
                List.of("serve", "--listen", "127.0.0.1:" + port, "--admin-listen", "127.0.0.1:" + admin));
        arguments.addAll(List.of(more));
        return GatewayProcess.launch(arguments, directory, port, admin);
    }

    private Path configuration(String more) throws Exception {
        return Files.writeString(directory.resolve("fairlead.toml"), """
                [server]
                listen = "127.0.0.1:%d"
                [admin]
                listen = "127.0.0.1:%d"
                %s
                [chains.test]
                id = 1
                [chains.test.nodes.geth-1]
                url = "%s"
                """.formatted(port, admin, more, node.httpUrl()));
    }

    private CommandRun run(String... words) {
        var arguments = new ArrayList<>(List.of(words));
        boolean remote = !arguments.isEmpty()
                && List.of("nodes", "status", "reload", "events", "explain").contains(words[0]);
        if (remote) arguments.addAll(List.of("--admin", "http://127.0.0.1:" + admin));
        var out = new StringWriter();
        var err = new StringWriter();
        int code = FairleadCommand.commandLine((_, _) -> {
                    throw new IllegalStateException("no gateway is started in this process");
                })
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        return new CommandRun(code, out.toString(), err.toString());
    }

    private static int callsAtNode(GatewayProcess gateway) {
        return gateway.nodes().path(0).path("inFlight").asInt();
    }

    private static boolean gives(GatewayProcess gateway, int status) {
        try {
            return call(gateway, "eth_gasPrice").statusCode() == status;
        } catch (Exception notYet) {
            return false;
        }
    }

    private static boolean isAnswering(GatewayProcess gateway) {
        try {
            return get(gateway.url() + "/healthz").contains("ok");
        } catch (Exception notYet) {
            return false;
        }
    }

    private static void call(GatewayProcess gateway, AtomicBoolean going, AtomicInteger served) {
        try {
            while (going.get() && call(gateway, "eth_gasPrice").statusCode() == 200) served.incrementAndGet();
        } catch (Exception _) {
            going.set(false);
        }
    }

    private static HttpResponse<String> call(GatewayProcess gateway, String method) throws Exception {
        return post(gateway, "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":[]}");
    }

    private static HttpResponse<String> post(GatewayProcess gateway, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(gateway.url()))
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private static String get(String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }
}
