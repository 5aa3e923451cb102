package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Transactions of real clients, of every type, on their way to a real node.
@Tag("real")
class SubmissionsTest {
    private static final String TAKEN = "taken";
    /// The third of the accounts that anvil has by itself.
    private static final String KEY = "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a";

    @TempDir
    private Path directory;

    private final int port = Anvil.freePort();
    private final int adminPort = Anvil.freePort();
    private final Anvil node = Anvil.start(System.currentTimeMillis() / 1000 - 600);
    private @Nullable GatewayProcess started;

    @AfterEach
    void end() {
        if (started != null) started.close();
        node.close();
    }

    @Test
    void everyTypeIsTakenAndForAnotherChainNone() throws Exception {
        serve("[policy]\npreset = \"dapp\"\n");

        Map<String, String> viem = send("viem");
        Map<String, String> ethers = send("ethers");

        for (String type : new String[] {"legacy", "2930", "1559", "7702"}) {
            assertThat(viem).containsEntry(type, TAKEN);
        }
        for (String type : new String[] {"legacy", "2930", "1559"})
            assertThat(ethers).containsEntry(type, TAKEN);
        assertThat(viem.get("without-chain")).contains("only replay-protected (EIP-155) transactions allowed over RPC");
        assertThat(viem.get("other-chain")).contains("invalid chain id for signer: have 1 want 1337");
        assertThat(ethers.get("without-chain")).contains("pre-eip-155");
        assertThat(ethers.get("other-chain")).contains("invalid chain id for signer: have 1 want 1337");
    }

    /// The account is the same, the connection is another. (After 429 ethers would try again for a minute.)
    @Test
    void aSenderHasOneLimitWhateverItConnectsBy() throws Exception {
        serve("""
                [policy]
                preset = "dapp"
                [[limits]]
                per = ["sender"]
                rate = "5/d"
                """);

        assertThat(send("viem").values().stream().filter(TAKEN::equals)).hasSize(4);
        assertThat(send("viem").values().stream().filter(TAKEN::equals)).hasSize(1);
    }

    @Test
    void whenTheWebhookIsDownItDependsOnTheOperator() throws Exception {
        String policy = """
                [policy]
                preset = "dapp"
                [policy.transactions.webhook]
                url = "http://127.0.0.1:%d/secret-4f1d0c3ba9f2"
                on_failure = "%s"
                """;
        Path file = serve(policy.formatted(Anvil.freePort(), "closed"));
        assertThat(send("viem").get("1559")).contains("the transaction could not be checked, and was not sent");

        write(file, policy.formatted(Anvil.freePort(), "open"));
        gateway().hangUp();

        Await.until(
                "it lets transactions through",
                Duration.ofSeconds(20),
                () -> TAKEN.equals(sends("viem").get("1559")));
        assertThat(gateway().log())
                .contains("of public on test is refused", "of public on test goes on unchecked")
                .doesNotContain("secret-4f1d0c3ba9f2");
    }

    private Map<String, String> sends(String client) {
        try {
            return send(client);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// What became of each type.
    private Map<String, String> send(String client) throws IOException, InterruptedException {
        var process = new ProcessBuilder("node", "submissions.mjs", gateway().url(), client, KEY)
                .directory(Path.of("src/test/clients").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said.lines()
                .map(line -> line.split(": ", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (first, _) -> first));
    }

    private Path serve(String policy) throws IOException {
        Path file = directory.resolve("fairlead.toml");
        write(file, policy);
        started = GatewayProcess.serve(file, port, adminPort);
        return file;
    }

    private GatewayProcess gateway() {
        return Objects.requireNonNull(started, "a test serves first");
    }

    private void write(Path file, String policy) throws IOException {
        Files.writeString(file, """
                [server]
                listen = "127.0.0.1:%d"
                [admin]
                listen = "127.0.0.1:%d"
                [store]
                directory = "data"
                [chains.test.nodes.a]
                url = "%s"
                %s""".formatted(port, adminPort, node.url(), policy));
    }
}
