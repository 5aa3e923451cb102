package dev.fairlead.core.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.jsonrpc.Replies;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Outcome.Answered;
import dev.fairlead.core.reply.Outcome.Declined;
import dev.fairlead.core.upstream.Rig.Got;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Leaks.class)
class ObjectionTest {
    private Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 500})
    void theCallersErrorGoesBackUnderAnyStatus(int status) throws Exception {
        String said =
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"error\":{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x08\"}}";
        try (var node = new RawNode(line -> line.reply(status, said))) {
            Got got = rig.ask(node.url());

            assertThat(got.outcome()).isInstanceOf(Answered.class);
            assertThat(got.text()).isEqualTo(said);
            assertThat(got.value()).startsWith("{\"code\":3");
            assertThat(((Answered) got.outcome()).reply().error())
                    .isEqualTo(new RpcError(3, "execution reverted", Slice.of("\"0x08\"")));
        }
    }

    /// Geth has the same words for a range that is backwards and for one that ends above its own head.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [{"fromBlock":"0x10","toBlock":"0x20"}]      | HEAD_NOT_THERE
                    [{"fromBlock":"0x10","toBlock":"0x10"}]      | HEAD_NOT_THERE
                    [{"fromBlock":"0x10"}]                       | HEAD_NOT_THERE
                    [{"fromBlock":"0x10","toBlock":"latest"}]    | HEAD_NOT_THERE
                    [{"fromBlock":"finalized","toBlock":"0x20"}] | HEAD_NOT_THERE
                    [{"fromBlock":"0x20","toBlock":"0x10"}]      | CALLERS
                    [{"fromBlock":"latest","toBlock":"0x10"}]    | CALLERS
                    [{"toBlock":"0x10"}]                         | CALLERS""")
    void aRangeThatReachesAboveTheNodesHeadIsAskedElsewhere(String params, ErrorMeaning expected) throws Exception {
        var request = new Request(Slice.of("7777777777"), "eth_getLogs", Slice.of(params));
        try (var node = RawNode.saying("{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"error\":"
                + "{\"code\":-32000,\"message\":\"invalid block range params\"}}")) {
            Outcome outcome =
                    rig.ask(Rig.node(node.url()), request, Rig.PATIENCE).outcome();

            ErrorMeaning found = outcome instanceof Declined declined ? declined.meaning() : ErrorMeaning.CALLERS;
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void anErrorWithoutTheCallsIdGetsIt() throws Exception {
        try (var node = RawNode.saying(
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":3,\"message\":\"execution reverted\"},\"result\":null,\"id\":null}")) {
            assertThat(rig.ask(node.url()).text())
                    .isEqualTo(
                            "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"error\":{\"code\":3,\"message\":\"execution reverted\"}}");
        }
    }

    /// `null` beside an error is what JSON-RPC 1.0 wants.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "error":{"code":-32601,"message":"method not found"}                 | NOT_OFFERED
            "result":null,"error":{"code":-32601,"message":"method not found"}   | NOT_OFFERED
            "result":"0xab","error":{"code":-32601,"message":"method not found"} | NONE
            "error":{"code":-32601,"message":"method not found"},"result":"0xab" | NONE
            "error":{"code":-32601,"message":"method not found"},"result":false  | NONE
            "error":{"code":-32601,"message":"the method eth_foo does not exist/is not available"} | NONE
            """)
    void aResultBesideAnErrorAndAnotherMethodsNameTakeAwayWhatItProves(String members, Proof expected)
            throws Exception {
        var request = new Request(Slice.of("7777777777"), "eth_sendTransaction", Slice.of("[{}]"));
        try (var node = RawNode.saying("{\"jsonrpc\":\"2.0\",\"id\":7777777777," + members + "}")) {
            Outcome outcome =
                    rig.ask(Rig.node(node.url()), request, Rig.PATIENCE).outcome();

            assertThat(((Declined) outcome).proof()).isEqualTo(expected);
        }
    }

    @Test
    void anErrorBesideAResultCounts() throws Exception {
        try (var node = RawNode.saying(
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[],\"error\":{\"code\":3,\"message\":\"execution reverted\"}}")) {
            assertThat(rig.ask(node.url()).text())
                    .isEqualTo(
                            "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"error\":{\"code\":3,\"message\":\"execution reverted\"}}");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {275_000, 1_000_000})
    void largeErrorsPass(int size) throws Exception {
        String said =
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"error\":{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x"
                        + "0".repeat(size) + "\"}}";
        try (var node = RawNode.saying(said)) {
            Got got = rig.ask(node.url());

            assertThat(got.outcome()).isInstanceOf(Answered.class);
            assertThat(got.text()).isEqualTo(said);
        }
    }

    @Test
    void errorsBeyondAllMeasureAreUnanswered() throws Exception {
        String said = "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"error\":{\"code\":3,\"data\":\"0x"
                + "0".repeat(5_000_000) + "\"}}";
        try (var node = RawNode.saying(said)) {
            assertThat(rig.ask(node.url()).cause()).startsWith("error of more than 4");
        }
    }

    @Test
    void aStatusWithoutJsonRpcIsDeclined() throws Exception {
        try (var node = new RawNode(line -> line.reply(503, "<html>busy</html>"))) {
            Got got = rig.ask(node.url());

            assertThat(got.outcome()).isInstanceOf(Declined.class);
            Declined declined = (Declined) got.outcome();
            assertThat(declined.meaning()).isNotEqualTo(ErrorMeaning.CALLERS);
            assertThat(declined.status()).isEqualTo(503);
            assertThat(declined.error()).isNull();
            assertThat(declined.cause()).isEqualTo("HTTP 503");
        }
    }

    @Test
    void aDeclinedErrorKeepsItsBytes() throws Exception {
        String error = "{ \"message\":\"\\u003cbusy\\u003e, try again later\",\"code\" : -32000,\"x\":1.0 }";
        try (var node = RawNode.saying("{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"error\":" + error + "}")) {
            assertThat(rig.ask(node.url()).outcome())
                    .isInstanceOfSatisfying(
                            Declined.class,
                            declined -> assertThat(declined.error())
                                    .isNotNull()
                                    .satisfies(said -> assertThat(new String(Replies.error(said), UTF_8))
                                            .isEqualTo(error)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "3 | execution reverted: s3cr3tk3y0123 | ***",
                "-32602 | no project s3cr3tk3y0123 at /v3\\/s3cr3t\\u006b3y0123 | ***",
            })
    void noClientSeesTheNodesKey(int code, String message, String stars) throws Exception {
        String said = "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"error\":{\"code\":" + code + ",\"message\":\"" + message
                + "\"}}";
        try (var node = RawNode.saying(said)) {
            Got got = rig.ask(node.url() + "/v3/s3cr3tk3y0123");

            assertThat(got.outcome()).isInstanceOf(Answered.class);
            assertThat(got.text())
                    .doesNotContain("k3y")
                    .contains(stars)
                    .startsWith("{\"jsonrpc\":\"2.0\",\"id\":7777777777,");
            assertThat(String.valueOf(((Answered) got.outcome()).reply().error()))
                    .doesNotContain("k3y");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | {\"jsonrpc\":\"2.0\",\"id\":7777777777,\"error\":{\"code\":-32002,\"message\":\"request timed out\"}} | true",
                "504 | {\"jsonrpc\":\"2.0\",\"id\":7777777777,\"error\":{\"code\":-32603,\"message\":\"oh\"}} | true",
                "500 | <html>oh</html> | true",
                "503 | upstream request timeout | true",
                "503 | <html>busy</html> | false",
                "200 | {\"jsonrpc\":\"2.0\",\"id\":7777777777,\"error\":{\"code\":-32005,\"message\":\"rate limit\"}} | false",
            })
    void itIsToldWhetherTheNodeMayHaveActed(int status, String said, boolean acted) throws Exception {
        try (var node = new RawNode(line -> line.reply(status, said))) {
            assertThat(rig.ask(node.url()).outcome())
                    .isInstanceOfSatisfying(
                            Declined.class,
                            declined ->
                                    assertThat(declined.proof() == Proof.LOST).isEqualTo(acted));
        }
    }

    @Test
    void retryAfterIsUnderstoodInSeconds() throws Exception {
        try (var node = new RawNode(line -> line.reply(429, "slow down", "Retry-After: 7"))) {
            assertThat(((Declined) rig.ask(node.url()).outcome()).retryAfter()).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void retryAfterIsUnderstoodAsADate() throws Exception {
        String soon = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(40));
        try (var node = new RawNode(line -> line.reply(429, "slow down", "Retry-After: " + soon))) {
            assertThat(((Declined) rig.ask(node.url()).outcome()).retryAfter())
                    .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(40));
        }
    }

    @Test
    void declinesSayWhatTheNodeSaidButNotItsKey() throws Exception {
        String said =
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"error\":{\"code\":-32005,\"message\":\"key s3cr3tk3y0123 is over its limit\","
                        + "\"data\":{\"rate\":{\"backoff_seconds\":1.5}}}}";
        try (var node = new RawNode(line -> line.reply(429, said))) {
            Declined declined =
                    (Declined) rig.ask(node.url() + "/v3/s3cr3tk3y0123").outcome();

            assertThat(declined.cause()).isEqualTo("HTTP 429, error -32005: key *** is over its limit");
            assertThat(declined.error()).extracting(RpcError::code).isEqualTo(-32005);
            assertThat(new String(Replies.error(Objects.requireNonNull(declined.error())), UTF_8))
                    .doesNotContain("s3cr3t")
                    .contains("key *** is over its limit");
            assertThat(declined.retryAfter()).isEqualTo(Duration.ofMillis(1500));
        }
    }
}
