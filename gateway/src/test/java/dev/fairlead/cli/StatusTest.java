package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatusTest {
    private static final String START = """
            {"version": "1.2.3", "uptimeSeconds": 90, "chains": [],
             "memory": {"heap": {"budget": 67108864, "used": 0, "refusals": 0},
                        "direct": {"budget": 268435456, "used": 3145728, "refusals": 12}}""";

    @Test
    void theMemoryLineTellsUseBudgetAndRefusals() throws IOException {
        String status = status(START + ", \"fault\": null, \"errors\": 0}");

        assertThat(status.lines().toList())
                .contains("Memory: 0 of 64 MiB for requests, 3 of 256 MiB for answers (12 refused)");
        assertThat(status).doesNotContain("Faults", "UNFIT");
    }

    @Test
    void tenantsAndChainsThatNeedAKeyAreSeen() throws IOException {
        String chains = "\"chains\": [{\"name\": \"mainnet\", \"id\": 1, \"reference\": {\"text\": \"leader\"},"
                + " \"needsKey\": true}]";
        String status = status(START.replace("\"chains\": []", chains)
                + ", \"fault\": null, \"errors\": 0, \"tenants\": 2, \"keys\": 1, \"limits\": 3, \"nearQuota\": [{\"tenant\":"
                + " \"wallet\", \"credits\": 4100000, \"daily\": 5000000, \"percent\": 82}]}");

        assertThat(status.lines().toList())
                .containsSequence(
                        "Callers: 2 tenants with 1 key, 3 limits",
                        "  wallet has taken 82 % of its day (4,100,000 of 5,000,000 credits)")
                .contains("mainnet (chain id 1): measured against leader; calls need a key");
        assertThat(status(START + ", \"fault\": null, \"errors\": 0, \"tenants\": 0, \"keys\": 0}"))
                .doesNotContain("Callers", "need a key");
    }

    @Test
    void theKeysOfTokensAreSeenWithTheirAgeAndTheirFault() throws IOException {
        String status = status(START + """
                , "fault": null, "errors": 0, "tenants": 2, "keys": 0, "limits": 0, "tokenKeys": [
                {"tenant": "swap", "source": "https://id.example/***", "keys": 2, "fetchedAt": "2026-01-01T00:00:00Z",
                 "ageSeconds": 79, "fault": "expected HTTP 200, found 500"},
                {"tenant": "team", "source": "/etc/team.pem", "keys": 1, "fetchedAt": null, "ageSeconds": null,
                 "fault": null}]}""");

        assertThat(status.lines().toList())
                .containsSequence(
                        "  swap takes tokens by 2 keys from https://id.example/***, fetched 79 s ago; CANNOT BE FETCHED:"
                                + " expected HTTP 200, found 500",
                        "  team takes tokens by 1 key from /etc/team.pem");
    }

    @Test
    void theRedisThatSharesLimitsHasALine() throws IOException {
        String reached = "{\"url\": \"redis://10.0.0.7:6379\", \"reached\": true, \"since\": \"2026-01-01T00:00:00Z\","
                + " \"gateways\": 2, \"fault\": null}";

        assertThat(lines(reached))
                .contains("Redis: redis://10.0.0.7:6379 is reached since 2026-01-01T00:00:00Z; limits are shared by"
                        + " 2 gateways");
        assertThat(lines(reached.replace("true", "false").replace("null", "\"no answer in time\"")))
                .contains("Redis: redis://10.0.0.7:6379 is NOT REACHED since 2026-01-01T00:00:00Z: no answer in time;"
                        + " this gateway keeps to its part of each limit, of 2 gateways");
        assertThat(lines(reached.replace("true", "false").replace("\"2026-01-01T00:00:00Z\"", "null")))
                .contains("Redis: redis://10.0.0.7:6379 was not reached yet");
        assertThat(lines("null")).noneMatch(line -> line.startsWith("Redis"));
    }

    private static List<String> lines(String redis) throws IOException {
        return status(START + ", \"fault\": null, \"errors\": 0, \"redis\": " + redis + "}")
                .lines()
                .toList();
    }

    @Test
    void faultsOfTheGatewaysOwnHaveALine() throws IOException {
        String status = status(START + ", \"fault\": null, \"errors\": 3}");

        assertThat(status.lines().toList()).contains("Faults of its own: 3; see its log, and fairlead events");
        assertThat(status).doesNotContain("UNFIT");
    }

    @Test
    void aGatewayThatShouldBeStartedAgainSaysSo() throws IOException {
        String status = status(START + ", \"fault\": \"watch of mainnet keeps dying\", \"errors\": 9}");

        assertThat(status.lines().toList()).contains("UNFIT, start it again: watch of mainnet keeps dying");
    }

    @Test
    void aNodeThatGetsNoCallsOfAKindIsSeen() throws IOException {
        String status = status(
                START.replace(
                                "\"chains\": []",
                                "\"chains\": [{\"name\": \"mainnet\", \"id\": 1, \"reference\": {\"text\": \"leader\"}}]")
                        + ", \"fault\": null, \"errors\": 0}",
                """
                [{"chain": "mainnet", "name": "a", "mode": "serving", "serves": true, "verdict": "ready",
                  "evidence": "at the head", "ejected": null, "spared": ["traces", "logs"]},
                 {"chain": "mainnet", "name": "b", "mode": "serving", "serves": true, "verdict": "ready",
                  "evidence": "at the head", "ejected": null, "spared": []}]""");

        assertThat(status)
                .containsOnlyOnce("at the head; gets no calls for traces, logs (fairlead events)")
                .containsOnlyOnce("gets no calls");
    }

    @Test
    void aNodeThatHasSeenABlockFirstIsNotBehind() throws IOException {
        String status = status(
                START.replace(
                                "\"chains\": []",
                                "\"chains\": [{\"name\": \"dev\", \"id\": 1, \"reference\": {\"text\": \"x\"}}]")
                        + ", \"fault\": null, \"errors\": 0}",
                """
                [{"chain": "dev", "name": "first", "mode": "serving", "serves": true, "verdict": "ready",
                  "evidence": "block 7, at the head (2 newer than the reference)", "head": {"number": 7},
                  "lag": {"blocks": -2, "seconds": 0}},
                 {"chain": "dev", "name": "late", "mode": "serving", "serves": true, "verdict": "ready",
                  "evidence": "block 4, 1 block behind (1 s)", "head": {"number": 4}, "lag": {"blocks": 1, "seconds": 1}}]""");

        assertThat(status.lines().filter(line -> line.startsWith("dev/")).map(line -> line.split(" +")[4]))
                .containsExactly("0", "1");
    }

    @Test
    void aNodeThatWillNeverBeAskedIsNotSaidToServe() throws IOException {
        String remark = "this is the gateway itself, so it will never be asked; give the node's URL";
        String added = ran("{}", """
                {"chain": "dev", "name": "self", "mode": "serving", "serves": false, "verdict": "unknown",
                 "evidence": "not probed yet", "remarks": ["%s"]}""".formatted(remark), "nodes", "add", "http://127.0.0.1:1");

        assertThat(added.lines())
                .containsExactly("added dev/self: not serving, unknown (not probed yet)", "note: " + remark);
    }

    private static String status(String said) throws IOException {
        return status(said, "[]");
    }

    private static String status(String said, String nodes) throws IOException {
        return ran(said, nodes, "status");
    }

    private static String ran(String said, String nodes, String... command) throws IOException {
        var admin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        admin.createContext("/", exchange -> {
            byte[] body = (exchange.getRequestURI().getPath().endsWith("/status") ? said : nodes)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        admin.start();
        var out = new StringWriter();
        try {
            int code = FairleadCommand.commandLine((_, _) -> {
                        throw new IllegalStateException("no gateway is started in this process");
                    })
                    .setOut(new PrintWriter(out, true))
                    .execute(Stream.concat(
                                    Stream.of(command),
                                    Stream.of(
                                            "--admin",
                                            "http://127.0.0.1:"
                                                    + admin.getAddress().getPort()))
                            .toArray(String[]::new));
            assertThat(code).isZero();
        } finally {
            admin.stop(0);
        }
        return out.toString();
    }
}
