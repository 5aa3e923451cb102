package dev.fairlead.fakenode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.fakenode.Behaviour.BatchMissing;
import dev.fairlead.fakenode.Behaviour.BatchReversed;
import dev.fairlead.fakenode.Behaviour.BatchSingleError;
import dev.fairlead.fakenode.Behaviour.Chunked;
import dev.fairlead.fakenode.Behaviour.ConnectionClose;
import dev.fairlead.fakenode.Behaviour.CutBody;
import dev.fairlead.fakenode.Behaviour.Delay;
import dev.fairlead.fakenode.Behaviour.Depends;
import dev.fairlead.fakenode.Behaviour.ErrorReply;
import dev.fairlead.fakenode.Behaviour.GzipReply;
import dev.fairlead.fakenode.Behaviour.Hang;
import dev.fairlead.fakenode.Behaviour.HangAfterActing;
import dev.fairlead.fakenode.Behaviour.HugeResult;
import dev.fairlead.fakenode.Behaviour.IdLast;
import dev.fairlead.fakenode.Behaviour.NoId;
import dev.fairlead.fakenode.Behaviour.Normal;
import dev.fairlead.fakenode.Behaviour.NotJson;
import dev.fairlead.fakenode.Behaviour.NullBeside;
import dev.fairlead.fakenode.Behaviour.RateLimitedHttp;
import dev.fairlead.fakenode.Behaviour.RateLimitedRpc;
import dev.fairlead.fakenode.Behaviour.Reset;
import dev.fairlead.fakenode.Behaviour.ResetAfterActing;
import dev.fairlead.fakenode.Behaviour.Result;
import dev.fairlead.fakenode.Behaviour.SlowBody;
import dev.fairlead.fakenode.Behaviour.Status;
import dev.fairlead.fakenode.Behaviour.UnderStatus;
import dev.fairlead.fakenode.Behaviour.WrongId;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BehaviourTest {
    private static final String CHAIN_ID = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}";
    private static final String BATCH =
            "[{\"id\":1,\"method\":\"eth_chainId\"},{\"id\":2,\"method\":\"net_version\"},{\"id\":3,\"method\":\"eth_accounts\"}]";
    private static final String TRUTH = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x5\"}";

    private final FakeNode node = FakeNode.start(FakeChain.of(5));
    private final Client client = new Client(node);

    @AfterEach
    void close() {
        client.close();
        node.close();
    }

    /// Sends one call on a fresh connection and leaves reading to the test.
    private Socket sent(String body) throws IOException {
        var socket = new Socket("127.0.0.1", node.port());
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(UTF_8));
        return socket;
    }

    private static String submission() {
        return "{\"id\":1,\"method\":\"eth_sendRawTransaction\",\"params\":[\"0x01\"]}";
    }

    @Test
    void hangReadsTheCallAndSaysNothing() throws Exception {
        node.always(new Hang());

        try (var socket = sent(submission())) {
            node.awaitCalls("eth_sendRawTransaction", 1, Duration.ofSeconds(5));
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(node.transactions()).isEmpty();
    }

    @Test
    void hangAfterActingHasDoneTheWork() throws Exception {
        node.always(new HangAfterActing());

        try (var socket = sent(submission())) {
            node.awaitCalls("eth_sendRawTransaction", 1, Duration.ofSeconds(5));
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(node.transactions()).containsExactly("0x01");
    }

    @Test
    void resetComesAsRst() throws Exception {
        node.always(new Reset());

        try (var socket = sent(submission())) {
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(node.count("eth_sendRawTransaction")).isEqualTo(1);
        assertThat(node.transactions()).isEmpty();
    }

    @Test
    void resetAfterActingHasDoneTheWork() throws Exception {
        node.always(new ResetAfterActing());

        try (var socket = sent(submission())) {
            assertThatThrownBy(() -> socket.getInputStream().read()).hasMessageContaining("reset");
        }
        assertThat(node.transactions()).containsExactly("0x01");
    }

    @Test
    void delayedAnswerComesLate() throws Exception {
        node.always(new Delay(Duration.ofMillis(150)));

        long start = System.nanoTime();
        assertThat(client.body(CHAIN_ID)).isEqualTo(TRUTH);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void pipelinedCallsAreAnsweredInOrderEvenIfTheFirstIsDelayed() throws Exception {
        node.next(1, new Delay(Duration.ofMillis(50)).and(new Result("1")));
        node.always(new Result("2"));

        try (var socket = sent(CHAIN_ID)) {
            socket.getOutputStream()
                    .write(("POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: " + CHAIN_ID.length() + "\r\n\r\n"
                                    + CHAIN_ID)
                            .getBytes(UTF_8));

            String answers = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answers).containsSubsequence("\"result\":1", "\"result\":2");
        }
    }

    @Test
    void slowBodyTricklesButIsWhole() throws Exception {
        node.always(new SlowBody(10, Duration.ofMillis(20)));

        long start = System.nanoTime();
        assertThat(client.body(CHAIN_ID)).isEqualTo(TRUTH);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
    }

    @Test
    void cutBodyPromisesMoreThanItSends() throws Exception {
        node.always(new CutBody(7));

        try (var socket = sent(CHAIN_ID)) {
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer)
                    .containsIgnoringCase("content-length: " + TRUTH.length())
                    .endsWith("\r\n\r\n" + TRUTH.substring(0, 7));
        }
    }

    @Test
    void connectionCloseAnswersAndCloses() throws Exception {
        node.always(new ConnectionClose());

        try (var socket = sent(CHAIN_ID)) {
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .containsIgnoringCase("connection: close")
                    .endsWith(TRUTH);
        }
    }

    @Test
    void chunksHaveTheOrderedSizes() throws Exception {
        node.always(Chunked.of(1, 3));

        try (var socket = sent(CHAIN_ID)) {
            var seen = new StringBuilder();
            while (!seen.toString().endsWith("\r\n0\r\n\r\n")) {
                seen.append((char) socket.getInputStream().read());
            }
            assertThat(seen.toString())
                    .containsIgnoringCase("transfer-encoding: chunked")
                    .contains("\r\n\r\n1\r\n{\r\n3\r\n\"js\r\n1\r\no\r\n");
        }
    }

    @Test
    void gzippedReplyIsTheSameAfterUnpacking() throws Exception {
        node.always(new GzipReply());

        var response = client.http().send(client.request(CHAIN_ID), BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
        try (var unpacked = new GZIPInputStream(response.body())) {
            assertThat(new String(unpacked.readAllBytes(), UTF_8)).isEqualTo(TRUTH);
        }
    }

    @Test
    void idsAreWrongAbsentOrLast() throws Exception {
        node.next(1, new WrongId());
        node.next(1, new NoId());
        node.next(1, new IdLast());

        assertThat(client.body(CHAIN_ID)).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"wrong\",\"result\":\"0x5\"}");
        assertThat(client.body(CHAIN_ID)).isEqualTo("{\"jsonrpc\":\"2.0\",\"result\":\"0x5\"}");
        assertThat(client.body(CHAIN_ID)).isEqualTo("{\"jsonrpc\":\"2.0\",\"result\":\"0x5\",\"id\":1}");
        assertThat(client.body(CHAIN_ID)).isEqualTo(TRUTH);
    }

    @Test
    void nullStandsBesideResultOrError() throws Exception {
        node.next(1, new NullBeside());
        node.next(1, new NullBeside().and(new ErrorReply(-1, "no")));

        assertThat(client.body(CHAIN_ID)).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x5\",\"error\":null}");
        assertThat(client.body(CHAIN_ID))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-1,\"message\":\"no\"},\"result\":null}");
    }

    @Test
    void resultsAndErrorsAreSentAsGiven() throws Exception {
        node.next(1, new Result("{\"a\":1e400,\"a\":0x}"));
        node.next(1, new ErrorReply(3, "say \"why\"", "\"0x08c379a0\""));
        node.next(1, new RateLimitedRpc());

        assertThat(client.body(CHAIN_ID)).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":1e400,\"a\":0x}}");
        assertThat(client.body(CHAIN_ID))
                .contains("{\"code\":3,\"message\":\"say \\\"why\\\"\",\"data\":\"0x08c379a0\"}");
        assertThat(client.body(CHAIN_ID)).contains("\"code\":-32005");
    }

    @Test
    void statusesComeWithAndWithoutJsonRpc() throws Exception {
        node.next(1, new Status(503, "<html>", Map.of("Retry-After", "7", "content-type", "text/html")));
        node.next(1, new UnderStatus(400).and(new ErrorReply(-32000, "bad")));
        node.next(1, new RateLimitedHttp(Duration.ofSeconds(9)));
        node.next(1, new NotJson("oops", "text/html"));

        var unavailable = client.post(CHAIN_ID);
        assertThat(unavailable.statusCode()).isEqualTo(503);
        assertThat(unavailable.body()).isEqualTo("<html>");
        assertThat(unavailable.headers().allValues("content-type")).containsExactly("text/html");
        var bad = client.post(CHAIN_ID);
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).contains("-32000");
        var limited = client.post(CHAIN_ID);
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("retry-after")).contains("9");
        var garbage = client.post(CHAIN_ID);
        assertThat(garbage.statusCode()).isEqualTo(200);
        assertThat(garbage.body()).isEqualTo("oops");
    }

    @Test
    void hugeResultIsStreamedToALongText() throws Exception {
        long bytes = 2L * Runtime.getRuntime().maxMemory() < 1L << 31 ? 1L << 30 : 1L << 31;
        node.always(new HugeResult(bytes));

        var response = client.http().send(client.request(CHAIN_ID), BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            assertThat(new String(body.readNBytes(38), UTF_8))
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"xxxx");
            body.skipNBytes(bytes - 4);
            assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("\"}");
        }
    }

    @Test
    void batchIsAnsweredByOneErrorOrReversedOrIncompletely() throws Exception {
        node.next(3, new BatchSingleError(-32000, "batch too large"));
        node.next(3, new BatchReversed());
        node.next(3, new BatchMissing(2));
        node.always(new BatchReversed());

        assertThat(client.body(BATCH))
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"batch too large\"}}");
        assertThat(client.body(BATCH)).containsSubsequence("\"id\":3", "\"id\":2", "\"id\":1");
        assertThat(client.body(BATCH)).isEqualTo("[" + TRUTH + "]");
        assertThat(client.body(CHAIN_ID)).isEqualTo(TRUTH);
    }

    @Test
    void oneCallOfABatchMayFailAlone() throws Exception {
        node.on("net_version", new ErrorReply(-32000, "busy"));

        assertThat(client.body(BATCH))
                .contains("\"id\":1,\"result\":\"0x5\"", "\"id\":2,\"error\"", "\"id\":3,\"result\":[]");
    }

    @Test
    void strongestRuleWins() throws Exception {
        node.always(new Result("4"));
        node.sometimes(1, 0, new Result("3"));
        node.on("eth_chainId", new Result("2"));
        node.next(1, "eth_chainId", new Result("1"));

        assertThat(client.body(CHAIN_ID)).contains("\"result\":1");
        assertThat(client.body(CHAIN_ID)).contains("\"result\":2");
        assertThat(client.call("eth_gasPrice")).contains("\"result\":3");

        node.on("eth_chainId", new Normal());
        assertThat(client.body(CHAIN_ID)).isEqualTo(TRUTH);

        node.normal("eth_chainId");
        assertThat(client.body(CHAIN_ID)).contains("\"result\":3");

        node.normal();
        assertThat(client.body(CHAIN_ID)).isEqualTo(TRUTH);
    }

    @Test
    void equalSeedsMisbehaveAlike() throws Exception {
        assertThat(luck(7)).isEqualTo(luck(7)).contains("1", "0");
    }

    private String luck(long seed) throws Exception {
        node.normal();
        node.sometimes(0.5, seed, new Result("1"));
        node.always(new Result("0"));
        var results = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            String reply = client.body(CHAIN_ID);
            results.add(reply.substring(reply.length() - 2, reply.length() - 1));
        }
        return String.join("", results);
    }

    @Test
    void behaviourMayDependOnTheCall() throws Exception {
        node.on(
                "eth_getLogs",
                new Depends(call -> call.params().contains("big")
                        ? new ErrorReply(-32005, "query returned more than 10000 results")
                        : new Normal()));

        assertThat(client.call("eth_getLogs", "\"big\"")).contains("-32005");
        assertThat(client.call("eth_getLogs", "\"small\"")).contains("\"result\":[]");
    }

    @Test
    void aChunkSizeListIsCopied() {
        var sizes = new ArrayList<>(List.of(1));
        var chunked = new Chunked(sizes);
        sizes.clear();

        assertThat(chunked.sizes()).containsExactly(1);
    }
}
