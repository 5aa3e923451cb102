package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.FairleadCommand;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
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
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What arrives at nodes that have a plan to keep to: everything is counted there, probes included.
class ProvidersPlansTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int DAILY = 300;

    @TempDir
    private Path directory;

    private final LocalDate began = LocalDate.now(ZoneOffset.UTC);
    private final int port = Anvil.freePort();
    private final int admin = Anvil.freePort();
    private final FakeNode rented = node(1);
    private final FakeNode own = node(1);
    private final FakeNode other = node(2);
    private final List<GatewayProcess> started = new ArrayList<>();

    private static FakeNode node(long chainId) {
        FakeChain chain = FakeChain.of(chainId);
        chain.mine(10);
        return FakeNode.start(chain);
    }

    @AfterEach
    void end() {
        started.forEach(GatewayProcess::close);
        List.of(rented, own, other).forEach(FakeNode::close);
    }

    @Test
    void aRentedNodeNeverGetsMoreThanItsDayNotEvenAfterARestart() throws Exception {
        GatewayProcess gateway = serve("""
                [chains.main.nodes.infura]
                url = "%s"
                role = "rented"
                daily = %d
                """.formatted(rented.httpUrl(), DAILY));

        List<Integer> statuses = storm(1_000);
        gateway.awaitVerdict("infura", "spent", SOON);

        assertWithinTheDay();
        assertThat(rented.count()).isGreaterThan(DAILY * 9 / 10);
        assertThat(statuses).contains(200, 503).containsOnly(200, 503);
        HttpResponse<String> refused = call("main");
        assertThat(refused.body()).contains("-32005", "plan");
        assertThat(refused.headers().firstValueAsLong("retry-after").orElse(0)).isBetween(1L, 86_400L);
        assertThat(run("nodes", "list")).contains("spent", "plan: 300 of 300 credits today");
        assertThat(run("status"))
                .contains("measured against nothing: no node is asked: their plans are used up")
                .doesNotContain("LAG -");
        assertThat(run("events")).contains("no node of group default is asked: their plans are used up");
        assertThat(run("events")).contains("has had 75 %", "has had 85 %", "has had 100 %");
        assertThat(run("explain", "--chain", "main", "eth_gasPrice"))
                .contains("has had all that its plan allows today");
        assertThat(metrics()).contains("fairlead_node_day_credits{chain=\"main\",node=\"infura\"} 300.0");

        gateway.terminate();
        GatewayProcess restarted = GatewayProcess.serve(directory.resolve("fairlead.toml"), port, admin);
        started.add(restarted);
        restarted.awaitVerdict("infura", "spent", SOON);
        storm(50);

        assertWithinTheDay();
        assertThat(call("other").statusCode()).isEqualTo(200);
    }

    @Test
    void aSpentLeaderMakesNobodySick() throws Exception {
        GatewayProcess gateway = serve("""
                [chains.main]
                leaders = "infura"
                rented_daily = 40
                probe_interval = "200ms"
                [chains.main.nodes.infura]
                url = "%s"
                role = "rented"
                [chains.main.nodes.own]
                url = "%s"
                """.formatted(rented.httpUrl(), own.httpUrl()));

        gateway.awaitVerdict("infura", "spent", SOON);

        assertThat(storm(200)).containsOnly(200);
        gateway.awaitVerdict("own", "ready", SOON);
        assertThat(run("status"))
                .contains("leaders and rented nodes were asked 40 of 40 credits today")
                .contains("infura has had all that its plan allows today");
        if (isOneDay()) assertThat(rented.count()).isLessThanOrEqualTo(40);
    }

    @Test
    void aNodeThatIsAddedWithAPlanKeepsToItsRate() throws Exception {
        GatewayProcess gateway = serve("[chains.main]\n");
        run(
                "nodes",
                "add",
                rented.httpUrl().toString(),
                "--chain",
                "main",
                "--name",
                "infura",
                "--rate",
                "40/s",
                "--daily",
                "100_000",
                "--credits",
                "eth_getLogs=20");
        gateway.awaitVerdict("infura", "ready", SOON);
        long before = rented.count();
        long begun = System.nanoTime();

        List<Integer> statuses = storm(400);

        double seconds = (System.nanoTime() - begun) / 1e9;
        assertThat((double) (rented.count() - before)).isLessThanOrEqualTo(40 * (seconds + 2));
        assertThat(statuses).contains(200);
        assertThat(run("nodes", "list")).contains("of 100,000 credits today, 40/s");
        assertThat(run("nodes", "update", "infura", "--rate", "none")).contains("updated");
        assertThat(run("nodes", "list")).doesNotContain("40/s");
    }

    private void assertWithinTheDay() {
        if (isOneDay()) assertThat(rented.count()).isLessThanOrEqualTo(DAILY);
    }

    /// At midnight UTC the plan is new.
    private boolean isOneDay() {
        return LocalDate.now(ZoneOffset.UTC).equals(began);
    }

    private GatewayProcess serve(String main) throws Exception {
        Path file = Files.writeString(
                directory.resolve("fairlead.toml"), """
                [server]
                listen = "127.0.0.1:%d"
                [admin]
                listen = "127.0.0.1:%d"
                [event_loops]
                threads = 3
                [chains.other.nodes.o]
                url = "%s"
                %s
                """.formatted(port, admin, other.httpUrl(), main));
        GatewayProcess gateway = GatewayProcess.serve(file, port, admin);
        started.add(gateway);
        return gateway;
    }

    /// Many calls at once, over as many connections as the client opens.
    private List<Integer> storm(int calls) {
        var all = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < calls; i++) all.add(HTTP.sendAsync(request("main"), BodyHandlers.ofString()));
        return all.stream().map(call -> call.join().statusCode()).toList();
    }

    private HttpResponse<String> call(String chain) throws Exception {
        return HTTP.send(request(chain), BodyHandlers.ofString());
    }

    private HttpRequest request(String chain) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + chain))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(60))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_gasPrice\"}"))
                .build();
    }

    private String metrics() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + "/metrics"))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }

    private String run(String... words) {
        var arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--admin", "http://127.0.0.1:" + admin));
        var out = new StringWriter();
        int code = FairleadCommand.commandLine((_, _) -> {
                    throw new IllegalStateException("no gateway is started in this process");
                })
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments.toArray(String[]::new));
        assertThat(code).as(out.toString()).isZero();
        return out.toString();
    }
}
