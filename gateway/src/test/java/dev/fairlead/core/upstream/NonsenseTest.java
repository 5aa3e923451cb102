package dev.fairlead.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.reply.Outcome.Unanswered;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Leaks.class)
class NonsenseTest {
    private Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"jsonrpc\":\"2.0\",\"id\":8,\"result\":1} | answered another call's id",
                "{\"jsonrpc\":\"2.0\",\"id\":\"7\",\"result\":1} | answered another call's id",
                "{\"jsonrpc\":\"2.0\",\"result\":1} | answered without the call's id",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":1} | answered without the call's id",
                "{\"jsonrpc\":\"2.0\",\"id\":8,\"error\":{\"code\":-32000,\"message\":\"x\"}} | answered another call's id",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777} | reply has neither result nor error",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":1,\"result\":2} | reply is broken JSON",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":{\"a\":1} | reply is broken JSON",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":01} | reply is broken JSON",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":1} trailing | reply is broken JSON",
                "[{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":1}] | reply is not JSON-RPC",
                "<html>hello</html> | reply is not JSON-RPC",
                "`` | reply is empty",
            })
    void whatIsNoAnswerToThisCallIsUnansweredAndItsConnectionIsNotUsedAgain(String said, String cause)
            throws Exception {
        try (var node = RawNode.saying(said)) {
            assertThat(rig.ask(node.url()).outcome()).isEqualTo(new Unanswered(cause));
            rig.ask(node.url());

            assertThat(node.accepted()).isEqualTo(2);
        }
    }

    @Test
    void noContentIsNoAnswer() throws Exception {
        try (var node = new RawNode(line -> line.send("HTTP/1.1 204 No Content\r\n\r\n"))) {
            assertThat(rig.ask(node.url()).outcome()).isEqualTo(new Unanswered("reply is empty (HTTP 204)"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 4000, 5000, 70_000, 200_000})
    void aReplyThatIsCutIsUnanswered(int cutAfter) throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + "x".repeat(250_000) + "\"}";
        try (var node = new RawNode(line -> {
            line.send(RawNode.http(200, body).substring(0, RawNode.http(200, "").length() + 5 + cutAfter));
            line.socket().close();
        })) {
            assertThat(rig.ask(node.url()).outcome())
                    .isEqualTo(new Unanswered(
                            "reply broke off after " + (cutAfter == 1 ? "1 byte" : cutAfter + " bytes")));
        }
    }

    @Test
    void aTruncatedBodyInsideCompleteHttpIsUnanswered() throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + "x".repeat(50_000);
        try (var node = RawNode.saying(body)) {
            assertThat(rig.ask(node.url()).outcome()).isEqualTo(new Unanswered("reply is broken JSON"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"jsonrpc\":\"2.0\",\"id\":8,\"result\":\"$\"} | answered another call's id",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":8} | answered another call's id",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":\"other:id\"} | answered another call's id",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\"} | answered without the call's id",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"a\":\"$\",\"id\":7777777777}} | answered without the call's id",
                "{\"data\":\"$\"} | reply has neither result nor error",
            })
    void largeRepliesOfOthersAreUnanswered(String shape, String cause) throws Exception {
        try (var node = RawNode.saying(shape.replace("$", "y".repeat(10_000)))) {
            assertThat(rig.ask(node.url()).outcome()).isEqualTo(new Unanswered(cause));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 504})
    void aProxyThatGaveUpMayHaveLetTheNodeAct(int status) throws Exception {
        try (var node = new RawNode(line -> line.reply(status, "<html>gateway</html>"))) {
            assertThat(rig.ask(node.url()).outcome())
                    .isEqualTo(new Unanswered("HTTP " + status + " from a proxy before the node"));
        }
    }

    @Test
    void bytesThatAreNoHttpAreUnanswered() throws Exception {
        try (var node = new RawNode(line -> line.send("SSH-2.0-OpenSSH_9.2\r\n\r\n"))) {
            assertThat(rig.ask(node.url()).outcome()).isEqualTo(new Unanswered("reply is not valid HTTP"));
        }
    }

    @Test
    void aNodeThatChangesTheProtocolIsUnanswered() throws Exception {
        try (var node = new RawNode(line -> line.send("HTTP/1.1 101 Switching Protocols\r\n\r\nof another kind"))) {
            Rig.Got got = rig.ask(Rig.node(node.url()), Rig.request("7777777777"), Duration.ofMillis(300));

            assertThat(got.outcome()).isEqualTo(new Unanswered("no reply within 300 ms"));
        }
    }

    @Test
    void repliesBeyondTheBoundAreGivenUp() throws Exception {
        rig.config(new UpstreamConfig(
                Duration.ofSeconds(2), Duration.ofSeconds(50), Duration.ofSeconds(15), 64, 256 * 1024, 1000));
        try (var node =
                RawNode.saying("{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + "x".repeat(2000) + "\"}")) {
            assertThat(rig.ask(node.url()).outcome()).isEqualTo(new Unanswered("reply of more than 1000 bytes"));
        }
    }
}
