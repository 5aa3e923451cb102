package dev.fairlead.cli.callers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.FairleadCommand;
import dev.fairlead.cli.console.AdminClient;
import dev.fairlead.control.admin.AdminFixture;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.telemetry.Events.CallEnded;
import dev.fairlead.core.telemetry.Events.Ending;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Tenants and keys as they are typed.
class KeysCommandTest {
    private static final String BROUGHT = "9aa3d95b3bc440fa88ea12eaa4456161";
    private static final Pattern KEY = Pattern.compile("fl_[A-Za-z0-9]{40}");

    @TempDir
    private Path directory;

    private AdminFixture gateway;

    private record CommandRun(int code, String out, String err) {}

    @BeforeEach
    void start() throws Exception {
        gateway = AdminFixture.start(directory, AdminFixture.mainnet());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tenants add --nosuch           | tenants add",
                "tenants add wallet --nosuch    | tenants add",
                "tenants add wallet --burst x   | tenants add",
                "tenants update wallet          | tenants update",
                "tenants usage --days 3         | tenants usage",
                "keys add wallet/a --alias b    | keys add",
                "nodes update geth-1            | nodes update",
                "explain eth_call [             | explain",
                "tenants nosuch                 | tenants",
                "tenants                        | tenants"
            })
    void aCommandLineThatIsWrongIsToldWithTheUsageOfTheCommandThatItNames(String words, String command) {
        CommandRun wrong = run(words.split(" "));

        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).containsPattern("Usage: fairlead " + command + " (\\[|COMMAND)");
    }

    @Test
    void aTenantThatIsNotThereCannotBeExplainedFor() {
        CommandRun explained = run("explain", "eth_call", "--tenant", "nobody");

        assertThat(explained.code()).isEqualTo(1);
        assertThat(explained.out()).isEmpty();
        assertThat(explained.err()).contains("there is no tenant nobody", "fairlead tenants list");
    }

    @Test
    void aTenantsRulesAreGivenShownAndChanged() {
        CommandRun added = run(
                "tenants",
                "add",
                "wallet",
                "--rate",
                "100/s",
                "--burst",
                "500",
                "--daily",
                "5_000_000",
                "--allow",
                "debug_trace*,trace_*",
                "--deny",
                "eth_getLogs",
                "--preset",
                "read-only");
        assertThat(added.code()).as(added.err()).isZero();
        assertThat(run("tenants", "show", "wallet").out().lines())
                .satisfiesExactly(
                        head -> assertThat(head).matches("wallet, added \\(by order of .* at .*Z\\), 0 keys"),
                        line -> assertThat(line).isEqualTo("  preset  read-only"),
                        line -> assertThat(line).isEqualTo("  allow   debug_trace*, trace_*"),
                        line -> assertThat(line).isEqualTo("  deny    eth_getLogs"),
                        line -> assertThat(line).isEqualTo("  rate    100/s"),
                        line -> assertThat(line).isEqualTo("  burst   500"),
                        line -> assertThat(line).isEqualTo("  daily   5,000,000"));
        assertThat(run("tenants", "list").out()).contains("wallet  added      0  100/s    500  5,000,000  read-only");

        CommandRun updated = run(
                "tenants",
                "update",
                "wallet",
                "--daily",
                "none",
                "--allow",
                "none",
                "--deny",
                "none",
                "--preset",
                "none",
                "--rate",
                "none");
        assertThat(updated.code()).as(updated.err()).isZero();
        assertThat(updated.out()).startsWith("updated wallet").contains("  no rules of its own");

        assertThat(run("tenants", "update", "wallet").err()).contains("what is to change?");
        assertThat(run("tenants", "update", "wallet", "--daily", "much").err())
                .contains("--daily: expected credits such as 5_000_000, or none, found much");
        CommandRun refused = run("tenants", "update", "wallet", "--rate", "fast");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("rate: expected a rate such as");
        assertThat(run("tenants", "update", "nobody", "--daily", "1").err()).contains("there is no tenant nobody");
    }

    @Test
    void whatTenantsAndKeysTookIsShown() throws Exception {
        run("tenants", "add", "wallet", "--daily", "1000");
        run("tenants", "add", "idle");
        assertThat(run("keys", "usage").out()).contains("No key yet, and no call with a token.");
        run("keys", "add", "wallet/web");
        gateway.credits = List.of(new DayUse("wallet", LocalDate.of(2026, 1, 2), 751));
        gateway.calls.ended(call("wallet", "web", Ending.SERVED, null, 700));
        gateway.calls.ended(call("wallet", "web", Ending.SERVED, null, 51));
        gateway.calls.ended(call("wallet", "web", Ending.REFUSED, "limited", 0));
        gateway.calls.ended(call("wallet", "web", Ending.REFUSED, "method-not-found", 0));
        gateway.calls.ended(call("public", null, Ending.REFUSED, "unauthorized", 0));
        gateway.calls.ended(call("idle", "jwt:a/b", Ending.SERVED, null, 0));

        assertThat(run("tenants", "usage").out().lines().toList())
                .startsWith(
                        "TENANT  CREDITS  DAILY   %  ANSWERED  REFUSED  FAILED  REFUSED FOR",
                        "idle          0      –   –         1        0       0",
                        "public        –      –   –         0        1       0  unauthorized 1",
                        "wallet      751  1,000  75         2        2       0  limited 1, method-not-found 1")
                .last()
                .asString()
                .startsWith("Days begin at 00:00 UTC; the next one at 2026-01-03T00:00:00Z, in ");
        assertThat(run("tenants", "usage", "wallet", "--days", "7")
                        .out()
                        .lines()
                        .toList())
                .startsWith(
                        "wallet: 751 of 1,000 credits taken today, 75 %, 249 left",
                        "DAY         CREDITS  ANSWERED  REFUSED  FAILED  REFUSED FOR",
                        "2026-01-02      751         2        2       0  limited 1, method-not-found 1");
        assertThat(run("keys", "usage", "wallet").out().lines())
                .containsExactly(
                        "KEY         CALLS  CREDITS  ANSWERED  REFUSED  FAILED  LAST USED             REFUSED FOR",
                        "wallet/web      4      751         2        2       0  2026-01-02T03:04:05Z  limited 1, "
                                + "method-not-found 1");
        assertThat(run("keys", "usage", "idle").out().lines())
                .last()
                .asString()
                .startsWith("idle/jwt:a/b      1        0         1        0       0  2026-01-02T03:04:05Z");
        JsonNode read = json("tenants", "usage", "wallet");
        assertThat(read.path(0).path("left").asLong()).isEqualTo(249);
        assertThat(run("tenants", "usage", "nobody").err()).contains("there is no such tenant");
        assertThat(run("keys", "usage", "nobody").err()).contains("there is no such tenant");
        assertThat(run("tenants", "usage", "wallet", "--days", "36").err()).contains("days");
    }

    private static CallEnded call(
            String tenant, @Nullable String key, Ending ending, @Nullable String refusal, int credits) {
        return new CallEnded(
                1,
                null,
                "mainnet",
                "eth_call",
                ending,
                null,
                1,
                0,
                0,
                null,
                200,
                9,
                tenant,
                key,
                "c",
                null,
                null,
                refusal,
                credits);
    }

    @Test
    void aTenantIsAddedGivenAKeyAndRemoved() {
        CommandRun added = run("tenants", "add", "dapp");
        assertThat(added.out())
                .contains("added dapp; fairlead keys add dapp gives it a key", "note: this is the first");

        CommandRun key = run("keys", "add", "dapp/web", "--expires", "90d");

        assertThat(key.code()).as(key.err()).isZero();
        assertThat(key.out())
                .startsWith("added dapp/web, valid until 2026-04-02T03:04:05Z")
                .contains("not shown again");
        List<String> keys =
                KEY.matcher(key.out()).results().map(MatchResult::group).toList();
        assertThat(keys).hasSize(2).first().asString().matches(ApiKey.FORM);
        assertThat(key.out()).contains("  http://127.0.0.1:8545/" + keys.getFirst());
        String table = run("keys", "list").out();
        assertThat(table)
                .contains(
                        "KEY       PREFIX    STATE  CREATED",
                        "dapp/web  " + keys.getFirst().substring(0, 8))
                .contains("valid  2026-01-02T03:04:05Z  2026-04-02T03:04:05Z  not seen")
                .doesNotContain(keys.getFirst());
        assertThat(run("tenants", "list").out()).containsPattern("dapp +added +1");

        CommandRun refused = run("tenants", "remove", "dapp");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("tenant dapp has 1 key; revoke it first", "--force");
        assertThat(run("tenants", "remove", "dapp", "--force").out()).startsWith("removed dapp");
        assertThat(run("keys", "list").out().lines()).hasSize(1);
    }

    @Test
    void aKeyIsRotatedAndTheOldOneRevokedByItsPrefix() {
        run("tenants", "add", "dapp");
        String old = json("keys", "add", "dapp").path("key").asString();

        CommandRun rotated = run("keys", "rotate", "dapp", "--overlap", "7d");

        assertThat(rotated.out())
                .startsWith("rotated dapp/default, valid without end")
                .contains(
                        "note: the old key, which begins with " + old.substring(0, 8) + ", is valid until 2026-01-09");
        assertThat(json("keys", "list", "--tenant", "dapp")).hasSize(2);
        CommandRun revoked = run("keys", "revoke", "dapp", "--prefix", old.substring(0, 8));
        assertThat(revoked.out()).startsWith("revoked dapp/default, which begins with " + old.substring(0, 8));
        assertThat(json("keys", "list")).hasSize(1);
        assertThat(run("keys", "revoke", "dapp/default").out()).contains("note: tenant dapp has no key left");
        assertThat(run("keys", "revoke", "dapp/default").err()).contains("there is no key dapp/default");
    }

    @Test
    void aKeyIsBroughtAlongOnTheStandardInputAndNeverPrinted() {
        run("tenants", "add", "dapp");

        CommandRun added = typing(BROUGHT + "\r\nmore", "keys", "add", "dapp", "--alias", "infura", "--key");

        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.out())
                .startsWith("added dapp/infura, valid without end")
                .contains("in the place of KEY", "http://127.0.0.1:8545/KEY")
                .doesNotContain(BROUGHT);
        assertThat(json("keys", "list").path(0).path("prefix").asString()).isEqualTo("9aa3d95b");
        CommandRun again = typing(BROUGHT, "keys", "add", "dapp/other", "--key");
        assertThat(again.err()).contains("declared already, as dapp/infura").doesNotContain(BROUGHT);
        assertThat(typing("", "keys", "add", "dapp/other", "--key").err()).contains("key: expected 16 to 128");
        assertThat(typing("x".repeat(100_000), "keys", "add", "dapp/other", "--key")
                        .err())
                .contains("key: expected 16 to 128");
    }

    @Test
    void whatCannotBeUnderstoodIsSaid() {
        run("tenants", "add", "dapp");

        assertThat(run("keys", "add", "dapp", "--expires", "soon").err()).contains("--expires: expected 90d");
        assertThat(run("keys", "add", "dapp", "--expires", "2027-13-01").err()).contains("expiresAt: expected a time");
        assertThat(run("keys", "add", "dapp/a", "--alias", "b").err()).contains("give the alias once");
        assertThat(run("keys", "add", "nobody").err()).contains("there is no tenant nobody", "fairlead tenants add");
        assertThat(run("keys", "rotate", "a b/c?d").err()).contains("there is no tenant of that name");
        assertThat(run("tenants", "remove", "a/b c").err()).contains("there is no tenant of that name");
        assertThat(run("tenants", "add", "public").err()).contains("public are all who call without a key");
        assertThat(run("keys").err()).contains("list, add, rotate, revoke");
    }

    @Test
    void listsOfManyPagesAreWhole() throws Exception {
        URI tenants = URI.create("http://127.0.0.1:" + gateway.server.address().getPort() + "/api/v1/tenants");
        try (var http = HttpClient.newHttpClient()) {
            for (int i = 0; i < 1_005; i++) {
                var body = BodyPublishers.ofString("{\"name\":\"t" + i + "\"}");
                http.send(HttpRequest.newBuilder(tenants).POST(body).build(), BodyHandlers.discarding());
            }
        }

        assertThat(json("tenants", "list")).hasSize(1_005);
    }

    private JsonNode json(String... words) {
        var arguments = new ArrayList<>(List.of(words));
        arguments.add("--json");
        return AdminClient.JSON.readTree(run(arguments.toArray(String[]::new)).out());
    }

    private CommandRun typing(String input, String... words) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return run(words);
        } finally {
            System.setIn(before);
        }
    }

    private CommandRun run(String... words) {
        var arguments = new ArrayList<>(List.of(words));
        if (words.length > 1) {
            arguments.addAll(List.of(
                    "--admin", "http://127.0.0.1:" + gateway.server.address().getPort()));
        }
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
}
