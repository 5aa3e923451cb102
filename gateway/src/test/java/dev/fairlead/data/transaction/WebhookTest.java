package dev.fairlead.data.transaction;

import static dev.fairlead.data.transaction.CheckedCalls.PASSED;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fairlead.core.telemetry.Events.Unchecked;
import dev.fairlead.core.telemetry.Events.Unchecked.Then;
import dev.fairlead.core.transaction.Webhook;
import dev.fairlead.core.transaction.Webhook.OnFailure;
import dev.fairlead.support.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebhookTest {
    private static final String SEND = "eth_sendRawTransaction";
    private static final String SECRET = "4f1d0c3ba9f24c0e8f1d0c3ba9f24c0e";
    private static final String UNCHECKED =
            "UNCHECKED later: the transaction could not be checked, and was not sent; try again soon";

    private final HttpServer server = server();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void stop() {
        held.countDown();
        server.stop(0);
    }

    @Test
    void itIsToldAllThatIsKnownOfATransactionAndOfItsCaller() {
        answers(200, "{\"allow\": true}");
        try (var calls = calls(OnFailure.CLOSED, 8)) {
            assertThat(calls.send(SEND, Raw.params("1559"))).isEqualTo(PASSED);
        }

        JsonNode question = JsonMapper.shared().readTree(asked.getFirst());
        assertThat(question.path("chain").asString()).isEqualTo("mainnet");
        assertThat(question.path("chainId").asString()).isEqualTo("0x539");
        assertThat(question.path("tenant").asString()).isEqualTo("public");
        assertThat(question.path("client").asString()).isEqualTo("127.0.0.1");
        assertThat(question.path("method").asString()).isEqualTo(SEND);
        JsonNode transaction = question.path("transactions").get(0);
        assertThat(transaction.path("from").asString()).isEqualTo("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
        assertThat(transaction.path("to").asString()).isEqualTo("0x00000000000000000000000000000000deadbeef");
        assertThat(transaction.path("type").asString()).isEqualTo("0x2");
        assertThat(transaction.path("gas").asString()).isEqualTo("0x5208");
        assertThat(transaction.path("maxFeePerGas").asString()).isEqualTo("0x2");
        assertThat(transaction.path("raw").asString()).startsWith("0x02f864");
        assertThat(transaction.path("hash").asString()).hasSize(66);
        assertThat(authorizations).containsExactly("Basic " + SECRET);
    }

    @Test
    void itIsToldWhoLendsAnAccountWhoseCode() {
        answers(200, "{\"allow\": true}");
        try (var calls = calls(OnFailure.CLOSED, 8)) {
            assertThat(calls.send(SEND, Raw.params("lent-by-two"))).isEqualTo(PASSED);
        }

        JsonNode list = JsonMapper.shared()
                .readTree(asked.getFirst())
                .path("transactions")
                .get(0)
                .path("authorizationList");
        assertThat(list.toString())
                .isEqualTo("[{\"chainId\":\"0x539\",\"address\":\"0x00000000219ab540356cbb839cbe05303d7705fa\","
                        + "\"nonce\":\"0x0\",\"authority\":\"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266\"},"
                        + "{\"chainId\":\"0x539\",\"address\":\"0x1111111111111111111111111111111111111111\","
                        + "\"nonce\":\"0x7\",\"authority\":\"0x70997970c51812dc3a010c7d01b50e0d17dc79c8\"}]");
    }

    @Test
    void whatItDeniesIsRefusedWithItsReasonOnOneLine() {
        answers(200, "{\"allow\": false, \"reason\": \"on a list\\n\\u001b[31m" + "x".repeat(500) + "\"}");
        try (var calls = calls(OnFailure.OPEN, 8)) {
            assertThat(calls.send(SEND, Raw.params("legacy")))
                    .startsWith("TRANSACTION_REFUSED: the transaction is refused: on a list  [31mxxx")
                    .hasSizeLessThan(300);
            assertThat(calls.refused).containsExactly("webhook");
            assertThat(calls.told)
                    .singleElement()
                    .asString()
                    .contains(": policy.transactions.webhook (fairlead.toml:9) refuses the transaction 0x", " of 0x")
                    .contains(": the transaction is refused: on a list")
                    .doesNotContain("\n", "\u001b");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | {\"allow\": true}",
                "204 |",
                "302 | {\"allow\": true}",
                "200 |",
                "200 | hello",
                "200 | []",
                "200 | {}",
                "200 | {\"allow\": \"true\"}",
                "200 | {\"allow\": null}",
                "200 | {\"allow\": false, \"allow\": true}",
                "200 | {\"allow\": true, \"allow\": true}",
                "200 | {\"allow\": true, \"\\u0061llow\": false}",
                "200 | {\"allow\": true} {\"allow\": false}",
                "200 | {\"allow\": true} trailing",
                "200 | LARGE"
            })
    void anAnswerThatCannotBeUnderstoodIsAFailure(int status, String body) {
        answers(status, body == null ? "" : body.replace("LARGE", " ".repeat(20_000) + "{\"allow\": true}"));
        try (var closed = calls(OnFailure.CLOSED, 8);
                var open = calls(OnFailure.OPEN, 8)) {
            assertThat(closed.send(SEND, Raw.params("1559"))).isEqualTo(UNCHECKED);
            assertThat(open.send(SEND, Raw.params("1559"))).isEqualTo(PASSED);
            assertThat(closed.answers).containsExactly("failed");
            assertThat(closed.webhooks).singleElement().asString().doesNotContain(SECRET);
        }
    }

    @Test
    void oneThatIsDownIsAFailureThatNamesNoSecret() throws IOException {
        int nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        URI url = URI.create("http://127.0.0.1:" + nobody + "/" + SECRET);
        try (var closed = new CheckedCalls(CheckedCalls.asking(webhook(url, OnFailure.CLOSED, 8)));
                var open = new CheckedCalls(CheckedCalls.asking(webhook(url, OnFailure.OPEN, 8)))) {
            assertThat(closed.send(SEND, Raw.params("1559"))).isEqualTo(UNCHECKED);
            assertThat(open.send(SEND, Raw.params("1559"))).isEqualTo(PASSED);
            assertThat(closed.webhooks)
                    .singleElement()
                    .asString()
                    .contains("no connection: nobody listens there")
                    .doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @CsvSource({"OPEN, SENT", "CLOSED, REFUSED"})
    void aFailureTellsWhoseTransactionItWasAndWhatBecameOfIt(OnFailure onFailure, Then then) {
        answers(500, "");
        try (var calls = calls(onFailure, 8)) {
            calls.tenant = "dapp";
            calls.send(SEND, Raw.params("1559"));

            assertThat(calls.unchecked).singleElement().satisfies(told -> {
                assertThat(told.tenant()).isEqualTo("dapp");
                assertThat(told.chain()).isEqualTo("mainnet");
                assertThat(told.method()).isEqualTo(SEND);
                assertThat(told.transactions()).isEqualTo("the transaction " + hash());
                assertThat(told.cause()).isEqualTo("it answered with HTTP 500");
                assertThat(told.then()).isEqualTo(then);
            });
        }
    }

    /// As the webhook was told it.
    private String hash() {
        return JsonMapper.shared()
                .readTree(asked.getFirst())
                .path("transactions")
                .get(0)
                .path("hash")
                .asString();
    }

    @Test
    void ofManyTransactionsAFailureNamesTheFirst() {
        answers(500, "");
        try (var calls = calls(OnFailure.OPEN, 8)) {
            String one = Raw.json("1559");
            calls.send("eth_sendBundle", "[{\"txs\":[" + String.join(",", one, one, one, one, one) + "]}]");

            String named = "the transaction " + hash();
            assertThat(calls.unchecked)
                    .extracting(Unchecked::transactions)
                    .containsExactly(named + ", " + named + ", " + named + " and 2 more");
        }
    }

    @Test
    void oneThatTakesTooLongIsAFailure() {
        holds();
        try (var calls = calls(OnFailure.CLOSED, 8)) {
            assertThat(calls.send(SEND, Raw.params("1559"))).isEqualTo(UNCHECKED);
            assertThat(calls.webhooks).singleElement().asString().endsWith("no answer in time");
        }
    }

    /// Its answer must come whole in that time.
    @Test
    void anAnswerThatTricklesIsAFailure() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(held);
        });
        try (var calls = calls(OnFailure.OPEN, 8)) {
            assertThat(calls.send(SEND, Raw.params("1559"))).isEqualTo(PASSED);
            assertThat(calls.webhooks).singleElement().asString().endsWith("no answer in time");
        }
    }

    @Test
    void aCallWhoseTimeIsOverMeanwhileIsNotSent() {
        holds();
        try (var calls = calls(OnFailure.OPEN, 8)) {
            calls.time = Duration.ofMillis(200);
            assertThat(calls.send(SEND, Raw.params("1559"))).startsWith("DEADLINE: ");
            assertThat(calls.unchecked).extracting(Unchecked::then).containsExactly(Then.DROPPED);
        }
    }

    @Test
    void aCallThatNobodyWaitsForIsNeitherSentNorAnswered() {
        holds();
        try (var calls = calls(OnFailure.OPEN, 8)) {
            var started = calls.start(SEND, Raw.params("1559"));
            Await.until("it is asked about", () -> !asked.isEmpty());

            calls.abandon(started);

            Await.until("the question has ended", () -> !calls.webhooks.isEmpty());
            calls.settle();
            assertThat(started.ends()).isEmpty();
            assertThat(calls.unchecked).extracting(Unchecked::then).containsExactly(Then.DROPPED);
        }
    }

    @Test
    void moreQuestionsThanItMayHaveAtOnceAreFailures() {
        holds();
        try (var calls = calls(OnFailure.CLOSED, 1)) {
            var first = calls.start(SEND, Raw.params("1559"));
            Await.until("it is asked about", () -> !asked.isEmpty());

            assertThat(calls.send(SEND, Raw.params("1559"))).isEqualTo(UNCHECKED);
            assertThat(calls.webhooks).singleElement().asString().contains("in_flight");
            held.countDown();
            assertThat(CheckedCalls.await(first)).isIn(PASSED, UNCHECKED);
            assertThat(calls.send(SEND, Raw.params("1559"))).isEqualTo(PASSED);
        }
    }

    /// It can be asked about bytes of a type that is not known here, but not about none.
    @Test
    void itDecidesOfWhatIsNotUnderstood() {
        answers(200, "{\"allow\": true}");
        try (var closed = calls(OnFailure.CLOSED, 8);
                var open = calls(OnFailure.OPEN, 8)) {
            assertThat(closed.send(SEND, "[\"0x71aabb\"]")).isEqualTo(PASSED);
            assertThat(JsonMapper.shared()
                            .readTree(asked.getFirst())
                            .path("transactions")
                            .toString())
                    .isEqualTo("[{\"raw\":\"0x71aabb\"}]");
            assertThat(closed.send(SEND, "[]")).startsWith("INVALID_PARAMS: invalid argument 0");
            assertThat(open.send(SEND, "[]")).startsWith("INVALID_PARAMS: invalid argument 0");
            assertThat(asked).hasSize(1);
        }
    }

    private CheckedCalls calls(OnFailure onFailure, int inFlight) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + SECRET);
        return new CheckedCalls(CheckedCalls.asking(webhook(url, onFailure, inFlight)));
    }

    private static Webhook webhook(URI url, OnFailure onFailure, int inFlight) {
        return new Webhook(url, "Basic " + SECRET, Duration.ofSeconds(2), onFailure, inFlight);
    }

    private void answers(int status, String body) {
        server.createContext("/", exchange -> {
            hears(exchange);
            answer(exchange, status, body);
        });
    }

    private void holds() {
        server.createContext("/", exchange -> {
            hears(exchange);
            await(held);
            answer(exchange, 200, "{\"allow\": true}");
        });
    }

    private void hears(HttpExchange exchange) throws IOException {
        asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpServer server() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
