package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.fakenode.Behaviour;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The shapes that requests and replies of the execution APIs take pass the whole gateway unchanged, byte for byte.
class ShapesTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path directory;

    private static FakeNode node;
    private static GatewayProcess gateway;

    @BeforeAll
    static void aGatewayOverOneNode() {
        FakeChain chain = FakeChain.of(1);
        chain.mine(10);
        node = FakeNode.start(chain);
        int port = Anvil.freePort();
        int admin = Anvil.freePort();
        gateway = GatewayProcess.launch(
                List.of(
                        "serve",
                        "--node",
                        node.httpUrl().toString(),
                        "--listen",
                        "127.0.0.1:" + port,
                        "--admin-listen",
                        "127.0.0.1:" + admin,
                        "--data",
                        "data"),
                directory,
                port,
                admin);
        gateway.awaitReady();
    }

    @AfterAll
    static void end() {
        if (gateway != null) gateway.close();
        if (node != null) node.close();
    }

    static Stream<String> results() {
        String log = """
                {"address":"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df","topics":["0x0000000000000000000000000000000000000000000000000000000000000000"],"data":"0x","blockNumber":"0x2a","removed":false}""";
        return Stream.of(
                "null",
                "true",
                "\"0x\"",
                "[]",
                "{}",
                "9007199254740993",
                "-0",
                "1e400",
                "1.0",
                "0.10000000000000000555",
                "\"\\u0000\\ud83d\\ude00\\/\"",
                "\"é😀\"",
                "{\"b\":1,\"a\":2,\"b\":3}",
                "{ \"hash\" :\t\"0x1\" ,\n \"nested\": [ [ ] , { } ] }",
                "{\"id\":7,\"result\":null,\"error\":{\"code\":1},\"jsonrpc\":\"1.0\"}",
                "{\"type\":\"0x2\",\"accessList\":[{\"address\":\"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df\","
                        + "\"storageKeys\":[]}],\"yParity\":\"0x0\",\"maxFeePerGas\":\"0x342770c0\"}",
                "{\"type\":\"0x3\",\"blobVersionedHashes\":[\"0x0100000000000000000000000000000000000000000000000000000000000000\"]}",
                "[" + (log + ",").repeat(1_200) + log + "]");
    }

    @ParameterizedTest
    @MethodSource("results")
    void resultsKeepTheirBytes(String result) throws Exception {
        node.on("debug_getShape", new Behaviour.Result(result));

        String reply = post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"debug_getShape\",\"params\":[]}");

        assertThat(reply).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}");
    }

    static Stream<String> params() {
        return Stream.of(
                "[]",
                "{}",
                "[null]",
                "[ \"0x1\" ,\t{ \"b\" : 1 , \"a\" : 1.0 , \"b\" : 2 } ]",
                "[9007199254740993,-0,1E+2,0.1000]",
                "[\"\\u00e9\\n\\/\",\"é\"]",
                "[\"0x" + "00".repeat(140_000) + "\"]",
                "[{\"to\":\"0x7dcd17433742f4c0ca53122ab541d0ba67fc27df\",\"data\":\"0x\"},\"latest\",{\"0x1\":{\"balance\":\"0x0\"}}]");
    }

    @ParameterizedTest
    @MethodSource("params")
    void paramsKeepTheirBytes(String params) throws Exception {
        node.forgetCalls();
        node.on("debug_getShape", new Behaviour.Result("true"));

        post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"debug_getShape\",\"params\":" + params + "}");

        assertThat(node.callsOf("debug_getShape"))
                .singleElement()
                .satisfies(call -> assertThat(call.params()).isEqualTo(params));
    }

    static Stream<String> ids() {
        return Stream.of(
                "0",
                "-1",
                "1.0",
                "1e3",
                "9007199254740993",
                "123456789012345678901234567890",
                "null",
                "\"\"",
                "\"a\\u0062c\"",
                "\"6f2f0f4e-0c35-4a8e-9a4e-2f2c8c7f7a11\"",
                "\"é\"");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void idsComeBackByteForByte(String id) throws Exception {
        node.on("debug_getShape", new Behaviour.Result("[1,2]"));

        assertThat(post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"debug_getShape\"}"))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":[1,2]}");

        node.on("debug_getShape", new Behaviour.Result("[1,2]").and(new Behaviour.IdLast()));
        assertThat(Anvil.JSON.readTree(post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"debug_getShape\"}")))
                .isEqualTo(Anvil.JSON.readTree("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":[1,2]}"));
    }

    @Test
    void errorsOfTheCallerGoBackUntouched() throws Exception {
        String data = "\"0x08c379a0" + "00".repeat(137_000) + "\"";
        node.on("eth_call", new Behaviour.ErrorReply(3, "execution reverted: rate limit exceeded", data));

        String reply = post("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"eth_call\",\"params\":[{},\"latest\"]}");

        var error = Anvil.JSON.readTree(reply).path("error");
        assertThat(error.path("code").asInt()).isEqualTo(3);
        assertThat(error.path("message").asString()).isEqualTo("execution reverted: rate limit exceeded");
        assertThat(error.path("data").toString()).isEqualTo(data);
        node.normal("eth_call");
    }

    @Test
    void aBatchIsAnsweredInOrderWithPartialErrors() throws Exception {
        String reply = post("""
                [{"jsonrpc":"2.0","id":"b","method":"eth_chainId"},1,{"jsonrpc":"2.0","method":"eth_gasPrice"},
                 {"jsonrpc":"2.0","id":1.50,"method":"eth_blockNumber"},{"jsonrpc":"1.0","id":2,"method":"x"}]""");

        var replies = Anvil.JSON.readTree(reply);
        assertThat(replies).hasSize(4);
        assertThat(reply)
                .startsWith("[{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"result\":\"0x1\"},")
                .contains("\"id\":1.50,");
        assertThat(replies.path(1).path("error").path("code").asInt()).isEqualTo(-32600);
        assertThat(replies.path(2).path("result").asString()).isEqualTo("0xa");
        assertThat(replies.path(3).path("error").path("code").asInt()).isEqualTo(-32600);
    }

    private static String post(String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(gateway.url()))
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }
}
