package dev.fairlead.core.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.Complaint;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.upstream.Outcome.Answered;
import dev.fairlead.core.upstream.Outcome.Declined;
import dev.fairlead.core.upstream.Outcome.Unanswered;
import dev.fairlead.core.upstream.Rig.Got;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {
    private static final String CANONICAL = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"0x1\"}";

    private final Leaks leaks = Leaks.watch();
    private Rig rig;

    @BeforeEach
    void start() {
        rig = new Rig();
    }

    @AfterEach
    void nothingIsLost() {
        rig.close();
        assertThat(leaks.found()).isEmpty();
        leaks.close();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aReplyIsRelayedByteForByteOverEveryTransport(Transport transport) throws Exception {
        try (var node = RawNode.saying(" {\"id\" : 7, \"result\":{\"b\":1,\"a\":[1.0e400]} ,\"jsonrpc\":\"2.0\"}\n");
                var other = new Rig(transport)) {
            Got got = other.ask(node.url());

            assertThat(got.text())
                    .isEqualTo(" {\"id\" : 7, \"result\":{\"b\":1,\"a\":[1.0e400]} ,\"jsonrpc\":\"2.0\"}\n");
            assertThat(got.value()).startsWith("{\"b\":1");
            assertThat(got.length()).isEqualTo(got.text().length());
        }
    }

    @Test
    void theRequestIsWrittenFromTheClientsOwnBytes() throws Exception {
        try (var node = RawNode.saying(CANONICAL)) {
            rig.ask(node.url() + "/v3/some%2Fkey?a=b&c");

            assertThat(node.heard().getFirst().body())
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"eth_call\",\"params\":[1]}");
            assertThat(node.heard().getFirst().head())
                    .startsWith("POST /v3/some%2Fkey?a=b&c HTTP/1.1\r\nhost: 127.0.0.1:" + node.port() + "\r\n")
                    .contains("content-type: application/json\r\n", "user-agent: fairlead\r\n");
        }
    }

    @Test
    void aReplyThatArrivesByteByByteIsTheSame() throws Exception {
        try (var node = new RawNode(line -> {
            for (byte b : RawNode.http(200, CANONICAL).getBytes(UTF_8)) line.send(new byte[] {b});
        })) {
            assertThat(rig.ask(node.url()).text()).isEqualTo(CANONICAL);
        }
    }

    @Test
    void aReplyMayBeSplitAnywhere() throws Exception {
        String whole = RawNode.http(200, CANONICAL);
        try (var node = new RawNode(line -> {
            int at = line.number() % whole.length();
            line.send(whole.substring(0, at));
            Await.until("the first part is on its way", () -> true);
            line.send(whole.substring(at));
        })) {
            for (int i = 0; i < whole.length(); i++)
                assertThat(rig.ask(node.url()).text()).isEqualTo(CANONICAL);
            assertThat(node.accepted()).isEqualTo(1);
        }
    }

    @Test
    void chunkedRepliesAreRelayedWithoutTheirChunks() throws Exception {
        try (var node = new RawNode(line -> line.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\n" + CANONICAL.substring(0, 3) + "\r\n"
                + Integer.toHexString(CANONICAL.length() - 3) + ";x=y\r\n" + CANONICAL.substring(3) + "\r\n"
                + "0\r\nTrailer: z\r\n\r\n"))) {
            assertThat(rig.ask(node.url()).text()).isEqualTo(CANONICAL);
            assertThat(rig.ask(node.url()).text()).isEqualTo(CANONICAL);
            assertThat(node.accepted()).isEqualTo(1);
        }
    }

    @Test
    void aReplyUntilCloseIsUnderstood() throws Exception {
        try (var node = new RawNode(line -> {
            line.send("HTTP/1.0 200 OK\r\n\r\n" + CANONICAL);
            line.socket().close();
        })) {
            assertThat(rig.ask(node.url()).text()).isEqualTo(CANONICAL);
        }
    }

    @Test
    void interimResponsesAreSkipped() throws Exception {
        try (var node =
                new RawNode(line -> line.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                        + RawNode.http(200, CANONICAL)))) {
            assertThat(rig.ask(node.url()).text()).isEqualTo(CANONICAL);
            assertThat(rig.ask(node.url()).text()).isEqualTo(CANONICAL);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":7,\"result\":1} | 1",
                "{\"jsonrpc\":\"1.0\",\"id\":7,\"result\":1} | 1",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":[1, 2],\"error\":null} | [1, 2]",
                "{\"jsonrpc\":\"2.0\",\"error\":null,\"result\":null,\"id\":7} | null",
                "{\"result\":{\"id\":8,\"error\":{}},\"id\":7} | {\"id\":8,\"error\":{}}",
            })
    void repliesThatAreNotCanonicalAreRebuilt(String said, String value) throws Exception {
        try (var node = RawNode.saying(said)) {
            Got got = rig.ask(node.url());

            assertThat(got.text()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":" + value + "}");
            assertThat(got.value()).isEqualTo(value + "}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "0", "123456789012345", "-5", "\"a-b_C.9:x\"", "\"\""})
    void plainIdsTravelAsTheyAre(String id) throws Exception {
        try (var node = new RawNode(line -> line.reply("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":1}"))) {
            Got got = rig.ask(node.url(), id);

            assertThat(got.text()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":1}");
            assertThat(node.heard().getFirst().body()).startsWith("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e2", "-0", "1234567890123456", "\"a b\"", "\"\\u0041\"", "\"é\"", "null"})
    void otherIdsAreReplacedAndPutBack(String id) throws Exception {
        try (var node = new RawNode(line -> line.reply("{\"jsonrpc\":\"2.0\",\"result\":{\"id\":1},\"id\":1}"))) {
            Got got = rig.ask(node.url(), id);

            assertThat(new String(got.text().getBytes(ISO_8859_1), UTF_8))
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"id\":1}}");
            assertThat(node.heard().getFirst().body()).startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,");
        }
    }

    @Test
    void aNotificationIsSentAsACallAndItsReplyHasNoId() throws Exception {
        try (var node = RawNode.saying("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":true}")) {
            assertThat(rig.ask(node.url(), "").text()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":true}");
        }
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
                "{\"jsonrpc\":\"2.0\",\"id\":7} | reply has neither result nor error",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":1,\"result\":2} | reply is broken JSON",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"a\":1} | reply is broken JSON",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":01} | reply is broken JSON",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":1} trailing | reply is broken JSON",
                "[{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":1}] | reply is not JSON-RPC",
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
        String body = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"" + "x".repeat(250_000) + "\"}";
        try (var node = new RawNode(line -> {
            line.send(RawNode.http(200, body).substring(0, RawNode.http(200, "").length() + 5 + cutAfter));
            line.socket().close();
        })) {
            assertThat(rig.ask(node.url()).outcome())
                    .isEqualTo(new Unanswered("reply broke off after " + cutAfter + " bytes"));
        }
    }

    @Test
    void aTruncatedBodyInsideCompleteHttpIsUnanswered() throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"" + "x".repeat(50_000);
        try (var node = RawNode.saying(body)) {
            assertThat(rig.ask(node.url()).outcome()).isEqualTo(new Unanswered("reply is not whole"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"$\"} | true",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":7} | true",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":[{\"x\":\"$\",\"id\":7}]} | true",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"x\":\"$\",\"error\":null}} | true",
                "{\"result\":\"$\",\"id\":7,\"jsonrpc\":\"2.0\"} | false",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"$\",\"error\":null} | false",
                "{\"jsonrpc\":\"2.0\",\"error\":null,\"result\":\"$\" , \"id\" : 7 } | false",
            })
    void largeRepliesAreReadAtBothEnds(String shape, boolean asItIs) throws Exception {
        String said = shape.replace("$", "y".repeat(10_000));
        try (var node = RawNode.saying(said)) {
            Got got = rig.ask(node.url());

            assertThat(got.outcome()).isInstanceOf(Answered.class);
            if (asItIs) assertThat(got.text()).isEqualTo(said);
            else
                assertThat(got.text())
                        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"" + "y".repeat(10_000) + "\"}");
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
                "{\"jsonrpc\":\"2.0\",\"result\":{\"a\":\"$\",\"id\":7}} | answered without the call's id",
                "{\"data\":\"$\"} | reply has neither result nor error",
            })
    void largeRepliesOfOthersAreUnanswered(String shape, String cause) throws Exception {
        try (var node = RawNode.saying(shape.replace("$", "y".repeat(10_000)))) {
            assertThat(rig.ask(node.url()).outcome()).isEqualTo(new Unanswered(cause));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 500})
    void theCallersErrorGoesBackUnderAnyStatus(int status) throws Exception {
        String said =
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x08\"}}";
        try (var node = new RawNode(line -> line.reply(status, said))) {
            Got got = rig.ask(node.url());

            assertThat(got.outcome()).isInstanceOf(Answered.class);
            assertThat(got.text()).isEqualTo(said);
            assertThat(got.value()).startsWith("{\"code\":3");
            assertThat(((Answered) got.outcome()).reply().error())
                    .isEqualTo(new RpcError(3, "execution reverted", Slice.of("\"0x08\"")));
        }
    }

    @Test
    void anErrorWithoutTheCallsIdGetsIt() throws Exception {
        try (var node = RawNode.saying(
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":3,\"message\":\"execution reverted\"},\"result\":null,\"id\":null}")) {
            assertThat(rig.ask(node.url()).text())
                    .isEqualTo(
                            "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":3,\"message\":\"execution reverted\"}}");
        }
    }

    @Test
    void anErrorBesideAResultCounts() throws Exception {
        try (var node = RawNode.saying(
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":[],\"error\":{\"code\":3,\"message\":\"execution reverted\"}}")) {
            assertThat(rig.ask(node.url()).text())
                    .isEqualTo(
                            "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":3,\"message\":\"execution reverted\"}}");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {275_000, 1_000_000})
    void largeErrorsPass(int size) throws Exception {
        String said =
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x"
                        + "0".repeat(size) + "\"}}";
        try (var node = RawNode.saying(said)) {
            Got got = rig.ask(node.url());

            assertThat(got.outcome()).isInstanceOf(Answered.class);
            assertThat(got.text()).isEqualTo(said);
        }
    }

    @Test
    void errorsBeyondAllMeasureAreUnanswered() throws Exception {
        String said =
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":3,\"data\":\"0x" + "0".repeat(5_000_000) + "\"}}";
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
            assertThat(declined.complaint()).isNotEqualTo(Complaint.CALLERS);
            assertThat(declined.status()).isEqualTo(503);
            assertThat(declined.error()).isNull();
            assertThat(declined.cause()).isEqualTo("HTTP 503");
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
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32005,\"message\":\"key s3cr3tk3y0123 is over its limit\","
                        + "\"data\":{\"rate\":{\"backoff_seconds\":1.5}}}}";
        try (var node = new RawNode(line -> line.reply(429, said))) {
            Declined declined =
                    (Declined) rig.ask(node.url() + "/v3/s3cr3tk3y0123").outcome();

            assertThat(declined.cause()).isEqualTo("HTTP 429, error -32005: key *** is over its limit");
            assertThat(declined.error()).extracting(RpcError::code).isEqualTo(-32005);
            assertThat(declined.retryAfter()).isEqualTo(Duration.ofMillis(1500));
        }
    }

    @Test
    void bytesThatAreNoHttpAreUnanswered() throws Exception {
        try (var node = new RawNode(line -> line.send("SSH-2.0-OpenSSH_9.2\r\n\r\n"))) {
            assertThat(rig.ask(node.url()).outcome()).isEqualTo(new Unanswered("reply is not valid HTTP"));
        }
    }

    @Test
    void repliesBeyondTheBoundAreGivenUp() throws Exception {
        rig.config(new UpstreamConfig(
                Duration.ofSeconds(2), Duration.ofSeconds(50), Duration.ofSeconds(15), 64, 256 * 1024, 1000));
        try (var node = RawNode.saying("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"" + "x".repeat(2000) + "\"}")) {
            assertThat(rig.ask(node.url()).outcome()).isEqualTo(new Unanswered("reply of more than 1000 bytes"));
        }
    }
}
