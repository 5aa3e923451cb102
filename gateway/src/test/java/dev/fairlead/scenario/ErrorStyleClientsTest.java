package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What clients make of a refusal in each style, and whether they try again: docs/policy.md says so.
@Tag("real")
class ErrorStyleClientsTest {
    @TempDir
    private static Path directory;

    private static final int PORT = Anvil.freePort();
    private static FakeNode node;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws IOException {
        node = FakeNode.start(FakeChain.of(1));
        FakeNode dying = FakeNode.start(FakeChain.of(1));
        int admin = Anvil.freePort();
        var file = new StringBuilder("""
                [server]
                listen = "127.0.0.1:%d"
                [admin]
                listen = "127.0.0.1:%d"
                [policy]
                preset = "dapp"
                [[limits]]
                methods = ["eth_gasPrice"]
                per = ["chain"]
                rate = "1/5m"
                """.formatted(PORT, admin));
        for (String style : new String[] {"fairlead", "infura", "geth"}) {
            file.append(chain(style, node.httpUrl(), style))
                    .append("[chains.")
                    .append(style)
                    .append(".policy]\n");
            file.append("errors = \"").append(style).append("\"\n");
            file.append(chain("down-" + style, dying.httpUrl(), style));
            file.append("[chains.down-")
                    .append(style)
                    .append(".policy]\nerrors = \"")
                    .append(style)
                    .append("\"\n");
            file.append(chain("closed-" + style, node.httpUrl(), style));
            file.append("[chains.closed-").append(style).append(".policy]\npublic = false\nerrors = \"");
            file.append(style).append("\"\n");
        }
        gateway = GatewayProcess.serve(Files.writeString(directory.resolve("fairlead.toml"), file), PORT, admin);
        dying.close();
    }

    private static String chain(String name, Object url, String style) {
        return "[chains." + name + "]\n[chains." + name + ".nodes.a-" + style + "]\nurl = \"" + url + "\"\n";
    }

    @AfterAll
    static void end() {
        gateway.close();
        node.close();
    }

    /// `more` than once.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            client | path            | method       | error                       | sent
            viem   | fairlead        | debug_foo    | MethodNotFoundRpcError      | once
            viem   | infura          | debug_foo    | MethodNotFoundRpcError      | once
            viem   | geth            | debug_foo    | MethodNotFoundRpcError      | once
            ethers | fairlead        | debug_foo    | UNSUPPORTED_OPERATION       | once
            ethers | infura          | debug_foo    | UNSUPPORTED_OPERATION       | once
            ethers | geth            | debug_foo    | UNSUPPORTED_OPERATION       | once
            viem   | fairlead        | eth_gasPrice | LimitExceededRpcError       | more
            viem   | infura          | eth_gasPrice | LimitExceededRpcError       | more
            viem   | geth            | eth_gasPrice | LimitExceededRpcError       | more
            ethers | fairlead        | eth_gasPrice | SERVER_ERROR                | more
            ethers | infura          | eth_gasPrice | SERVER_ERROR                | more
            ethers | geth            | eth_gasPrice | SERVER_ERROR                | more
            viem   | down-fairlead   | eth_call     | RpcRequestError             | once
            viem   | down-infura     | eth_call     | InternalRpcError            | more
            viem   | down-geth       | eth_call     | InternalRpcError            | more
            ethers | down-fairlead   | eth_call     | SERVER_ERROR                | once
            ethers | down-infura     | eth_call     | SERVER_ERROR                | once
            ethers | down-geth       | eth_call     | SERVER_ERROR                | once
            viem   | closed-fairlead | eth_call     | ResourceNotFoundRpcError    | once
            viem   | closed-infura   | eth_call     | ResourceUnavailableRpcError | once
            viem   | closed-geth     | eth_call     | InvalidInputRpcError        | once
            ethers | closed-fairlead | eth_call     | SERVER_ERROR                | once
            ethers | closed-infura   | eth_call     | SERVER_ERROR                | once
            ethers | closed-geth     | eth_call     | SERVER_ERROR                | once
            """, useHeadersInDisplayName = true)
    void aClientGivesUpOrTriesAgain(String client, String path, String method, String error, String sent)
            throws Exception {
        if (method.equals("eth_gasPrice")) call("viem", path, method); // spends the limit

        JsonNode said = call(client, path, method);

        assertThat(said.path("error").asString()).isEqualTo(error);
        if (sent.equals("once")) assertThat(said.path("sent").asInt()).isOne();
        else assertThat(said.path("sent").asInt()).isGreaterThan(1);
    }

    private static JsonNode call(String client, String path, String method) throws IOException {
        String url = "http://127.0.0.1:" + PORT + "/" + path;
        Process process = new ProcessBuilder("node", "errors.mjs", client, url, method)
                .directory(Path.of("src/test/clients").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.getInputStream()) {
            return Anvil.JSON.readTree(new String(out.readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
