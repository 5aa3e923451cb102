package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.core.telemetry.Events.CallEnded;
import dev.fairlead.core.telemetry.Events.Ending;
import dev.fairlead.data.call.Answer.Known;
import dev.fairlead.data.call.Answer.Objected;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Answer.Served;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.support.Await;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallsTest {
    private final Gateway gateway = Gateway.start();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aServedReplyIsRelayedByteForByte() throws Exception {
        String odd = "{ \"result\" :1e400,\"id\": \"x\",\"jsonrpc\":\"2.0\",\"result\":2 }";
        gateway.way.will((call, back) -> {
            call.attempted();
            call.servedBy(new NodeId("mainnet", "geth-1"));
            back.accept(new Served(new Reply(gateway.way.buffer(odd), 0, null, -1, null)));
        });

        HttpResponse<String> response = gateway.post("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"eth_call\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(odd);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.headers().firstValue("Content-Length")).contains("" + odd.length());
        CallEnded ended = onlyCall();
        assertThat(ended.outcome()).isEqualTo(Ending.SERVED);
        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.code()).isZero();
        assertThat(ended.attempts()).isEqualTo(1);
        assertThat(ended.node()).isEqualTo(new NodeId("mainnet", "geth-1"));
        assertThat(ended.chain()).isEqualTo("mainnet");
        assertThat(ended.paramsDigest()).isNull();
    }

    @Test
    void theWayIsToldWhoCalls() throws Exception {
        gateway.post("/", Gateway.call(1, "eth_call"), "Origin", "https://dapp.example", "User-Agent", "viem");

        Call call = gateway.way.calls.getFirst();
        assertThat(call.client().address()).isEqualTo("127.0.0.1");
        assertThat(call.client().origin()).isEqualTo("https://dapp.example");
        assertThat(call.client().userAgent()).isEqualTo("viem");
        assertThat(call.deadline() - call.startedAt())
                .isEqualTo(Duration.ofSeconds(60).toNanos());
        assertThat(call.loop().inEventLoop()).isFalse();
    }

    @Test
    void anErrorThatANodeServedHasStatus200() throws Exception {
        String error = "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":3,\"message\":\"execution reverted\"}}";
        gateway.way.will((_, back) -> back.accept(
                new Served(new Reply(gateway.way.buffer(error), 0, new RpcError(3, "execution reverted"), -1, null))));

        HttpResponse<String> response = gateway.post(Gateway.call(1, "eth_call"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(error);
        assertThat(onlyCall().code()).isEqualTo(3);
        assertThat(onlyCall().outcome()).isEqualTo(Ending.SERVED);
    }

    @Test
    void aKnownResultNeedsNoNode() throws Exception {
        gateway.way.will((_, back) -> back.accept(new Known(Slice.of("\"0x1\""))));

        assertThat(gateway.post(Gateway.call(7, "eth_chainId")).body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"0x1\"}");
    }

    @Test
    void anObjectionGoesBackAsTheNodePutIt() throws Exception {
        gateway.way.will((call, back) -> {
            call.servedBy(new NodeId("mainnet", "geth-1"));
            back.accept(new Objected(new RpcError(-32000, "missing trie node", Slice.of("{\"a\":1}"))));
        });

        HttpResponse<String> response = gateway.post(Gateway.call(7, "eth_call"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":"
                        + "{\"code\":-32000,\"message\":\"missing trie node\",\"data\":{\"a\":1}}}");
        assertThat(onlyCall().outcome()).isEqualTo(Ending.OBJECTED);
        assertThat(onlyCall().node()).isEqualTo(new NodeId("mainnet", "geth-1"));
        assertThat(onlyCall().paramsDigest()).isNotNull();
    }

    @Test
    void aRefusalHasItsCodeItsStatusAndWhenToComeAgain() throws Exception {
        gateway.way.will((_, back) -> back.accept(new Refused(
                Refusal.OVERLOADED, "every node is busy", Slice.of("{\"wait\":true}"), Duration.ofMillis(1200))));

        HttpResponse<String> response =
                gateway.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_call\",\"params\":[1]}");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("2");
        assertThat(response.headers().firstValue("X-Request-Id"))
                .contains(Long.toString(gateway.way.calls.getFirst().serial(), 36));
        assertThat(response.body())
                .contains("\"code\":-32005", "\"message\":\"every node is busy\"", "\"data\":{\"wait\":true}");
        assertThat(onlyCall().outcome()).isEqualTo(Ending.FAILED);
        assertThat(onlyCall().status()).isEqualTo(503);
        assertThat(onlyCall().paramsDigest()).isNotBlank().doesNotContain("[1]");
    }

    @Test
    void everyRefusalIsAnsweredWithTheStatusOfTheTable() throws Exception {
        for (Refusal why : Refusal.values()) {
            gateway.way.will((_, back) -> back.accept(new Refused(why, "because")));

            HttpResponse<String> response = gateway.post(Gateway.call(1, "eth_call"));

            assertThat(response.statusCode()).as(why.name()).isEqualTo(why.httpStatus());
            assertThat(response.body()).as(why.name()).contains("\"id\":1", "\"code\":" + why.code());
            assertThat(gateway.told.calls.getLast().refusal()).isEqualTo(why.word());
        }
    }

    @Test
    void aLateAnswerIsAsGoodAsAnEarlyOne() throws Exception {
        gateway.way.hold();
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(Gateway.call(1, "eth_call")));
            Await.until("the call is asked", () -> !gateway.way.held.isEmpty());

            StubWay.Held held = gateway.way.held.getFirst();
            held.answer(gateway.way.named(held.call()));

            assertThat(wire.hear().body()).isEqualTo(Gateway.result(1, "eth_call"));
        }
    }

    @Test
    void aSecondAnswerToACallIsDropped() throws Exception {
        gateway.way.will((call, back) -> {
            back.accept(gateway.way.named(call));
            back.accept(gateway.way.named(call));
            back.accept(gateway.way.streaming("{", -1));
        });

        assertThat(gateway.post(Gateway.call(1, "eth_call")).body()).isEqualTo(Gateway.result(1, "eth_call"));

        assertThat(gateway.way.rests.getFirst().aborted).isTrue();
        assertThat(gateway.told.calls).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "b7ad6b7169203331", "0f-4d_1.a~:/+=@", "x"})
    void theClientsOwnRequestIdComesBackWithEveryAnswer(String id) throws Exception {
        String call = Gateway.call(1, "a");
        HttpResponse<String> served = gateway.post("/", call, "X-Request-Id", id);
        HttpResponse<String> batch = gateway.post("/", "[" + call + "]", "X-Request-Id", id);
        HttpResponse<String> malformed = gateway.post("/", "{", "X-Request-Id", id);
        HttpResponse<String> health = gateway.send("GET", "/healthz", "X-Request-Id", id);
        gateway.way.will((_, back) -> back.accept(new Refused(Refusal.NO_NODE, "none")));
        HttpResponse<String> failed = gateway.post("/", call, "X-Request-Id", id);

        assertThat(List.of(served, batch, malformed, health, failed))
                .allSatisfy(response ->
                        assertThat(response.headers().allValues("X-Request-Id")).containsExactly(id));
        assertThat(gateway.told.calls).extracting(CallEnded::requestId).containsOnly(id);
        assertThat(gateway.post(call).headers().firstValue("X-Request-Id"))
                .contains(Long.toString(gateway.way.calls.getLast().serial(), 36));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "a\"b", "a;b", "<a>", "{a}", "a,b", "\u00e9", "129"})
    void aRequestIdThatIsNotSafeIsAsGoodAsNone(String unsafe) throws Exception {
        String id = unsafe.equals("129") ? "x".repeat(129) : unsafe;
        gateway.way.will((_, back) -> back.accept(new Refused(Refusal.NO_NODE, "none")));
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(Gateway.call(1, "a"), "X-Request-Id: " + id));

            assertThat(wire.hear().headers())
                    .containsEntry(
                            "x-request-id",
                            Long.toString(gateway.way.calls.getFirst().serial(), 36));
        }
        assertThat(onlyCall().requestId()).isNull();
    }

    @Test
    void callsOfTwoProcessesHaveDifferentNames() throws Exception {
        gateway.post(Gateway.call(1, "a"));
        gateway.post(Gateway.call(2, "a"));
        long first = gateway.way.calls.getFirst().serial();
        assertThat(gateway.way.calls.getLast().serial()).isEqualTo(first + 1);

        try (Gateway other = Gateway.start()) {
            other.post(Gateway.call(1, "a"));

            assertThat(other.way.calls.getFirst().serial() >>> 32).isNotEqualTo(first >>> 32);
        }
    }

    @Test
    void anErrorOnTheWayIsAnsweredAndTold() throws Exception {
        gateway.way.will((_, _) -> {
            throw new StackOverflowError("too deep");
        });

        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(Gateway.call(1, "eth_call")));
            Wire.Response response = wire.hear();

            assertThat(response.status()).isEqualTo(500);
            assertThat(response.body()).contains("-32603").doesNotContain("too deep");
            gateway.way.will((call, back) -> back.accept(gateway.way.named(call)));
            wire.say(Wire.post(Gateway.call(2, "eth_call")));
            assertThat(wire.hear().status()).isEqualTo(200);
        }

        assertThat(gateway.told.faults).containsExactly("clients: java.lang.StackOverflowError: too deep");
    }

    @Test
    void anErrorWhileAnAnswerIsWrittenEndsItsConnectionAtOnce() throws Exception {
        var rest = new StubRest(gateway.way);
        rest.onResume = () -> {
            throw new StackOverflowError("too deep");
        };
        gateway.way.hold();

        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(Gateway.call(1, "eth_call")));
            Await.until("it is asked", () -> !gateway.way.held.isEmpty());
            gateway.way
                    .held
                    .getFirst()
                    .answer(new Served(new Reply(gateway.way.buffer("{\"jsonrpc\":\"2.0\""), 0, null, 100_000, rest)));

            assertThatThrownBy(wire::hear)
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
        assertThat(gateway.told.faults).containsExactly("clients: java.lang.StackOverflowError: too deep");
    }

    @Test
    void aClientThatBreaksOffIsNoFaultOfOurs() throws Exception {
        try (Wire wire = gateway.wire()) {
            wire.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
        }
        try (Wire wire = gateway.wire()) {
            wire.say("\u0000\u0001 nonsense\r\n\r\n");
            wire.hear();
        }

        assertThat(gateway.post(Gateway.call(2, "eth_call")).statusCode()).isEqualTo(200);
        assertThat(gateway.told.faults).isEmpty();
    }

    @Test
    void aFaultOnTheWayIsAnInternalErrorWithTheCallsName() throws Exception {
        gateway.way.will((_, _) -> {
            throw new IllegalStateException("a bug");
        });

        HttpResponse<String> response = gateway.post(Gateway.call(1, "eth_call"));

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .contains(
                        "\"code\":-32603",
                        "call " + response.headers().firstValue("X-Request-Id").orElseThrow())
                .doesNotContain("a bug");
        gateway.way.will((call, back) -> back.accept(gateway.way.named(call)));
        assertThat(gateway.post(Gateway.call(2, "eth_call")).statusCode()).isEqualTo(200);
    }

    @Test
    void aNotificationIsAnsweredWithoutWaitingAndGoesOn() throws Exception {
        gateway.way.hold();
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post("{\"jsonrpc\":\"2.0\",\"method\":\"eth_call\"}"));

            Wire.Response response = wire.hear();

            assertThat(response.status()).isEqualTo(204);
            assertThat(response.headers()).doesNotContainKey("content-length");
        }
        StubWay.Held held = gateway.way.held.getFirst();
        Await.until("the client is gone", () -> gateway.server.connections() == 0);
        assertThat(held.call().isAbandoned()).isFalse();
        held.answer(gateway.way.named(held.call()));
        assertThat(onlyCall().status()).isEqualTo(204);
    }

    @Test
    void aClientThatGoesAwayAbandonsItsCalls() throws Exception {
        gateway.way.hold();
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(Gateway.call(1, "eth_call")));
            Await.until("the call is asked", () -> !gateway.way.held.isEmpty());
        }

        StubWay.Held held = gateway.way.held.getFirst();
        Await.until("the call is abandoned", () -> held.call().isAbandoned());
        held.answer(gateway.way.named(held.call()));

        assertThat(onlyCall().status()).isEqualTo(499);
        assertThat(onlyCall().outcome()).isEqualTo(Ending.REFUSED);
    }

    @Test
    void aCallWithoutAnAnswerIsRefusedAtItsDeadline() throws Exception {
        gateway.way.hold();
        gateway.config = Gateway.timeouts(t -> new ServerConfig.Timeouts(
                        t.header(), t.body(), t.idle(), Gateway.SHORT, t.slowReader(), t.stop()))
                .apply(gateway.config);

        HttpResponse<String> response = gateway.post(Gateway.call(1, "eth_call"));

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("\"code\":-32015");
        assertThat(gateway.way.held.getFirst().call().isAbandoned()).isTrue();
        assertThat(onlyCall().outcome()).isEqualTo(Ending.FAILED);
    }

    @Test
    void malformedBodiesAreAnsweredByTheSpecification() throws Exception {
        HttpResponse<String> noJson = gateway.post("{nonsense");
        HttpResponse<String> noRequest = gateway.post("{\"id\":5}");
        HttpResponse<String> nothing = gateway.post("");

        assertThat(noJson.statusCode()).isEqualTo(400);
        assertThat(noJson.body()).contains("\"id\":null", "\"code\":-32700");
        assertThat(noRequest.statusCode()).isEqualTo(400);
        assertThat(noRequest.body()).contains("\"id\":5", "\"code\":-32600");
        assertThat(nothing.body()).contains("\"code\":-32700");
        assertThat(gateway.told.statuses).containsExactly(400, 400, 400);
        assertThat(gateway.told.calls).isEmpty();
    }

    @Test
    void aChainIsNamedByThePath() throws Exception {
        gateway.fleet.publish(Gateway.fleet("mainnet", "hoodi"));

        gateway.post("/hoodi", Gateway.call(1, "a"));
        gateway.post("/hoodi/?x=1", Gateway.call(1, "a"));
        gateway.post("/1", Gateway.call(1, "a"));

        assertThat(gateway.way.calls).extracting(Call::chain).containsExactly("hoodi", "hoodi", "mainnet");
    }

    @Test
    void aPathWithoutAChainRefusesWithTheCallsOwnId() throws Exception {
        gateway.fleet.publish(Gateway.fleet("mainnet", "hoodi"));

        HttpResponse<String> root = gateway.post("/", Gateway.call(42, "a"));
        HttpResponse<String> unknown = gateway.post("/sepolia", Gateway.call(43, "a"));

        assertThat(root.statusCode()).isEqualTo(404);
        assertThat(root.body()).contains("\"id\":42", "/mainnet, /hoodi");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("\"id\":43", "/mainnet, /hoodi");
        assertThat(gateway.way.calls).isEmpty();
        assertThat(gateway.told.calls).extracting(CallEnded::chain).containsExactly("", "");
    }

    @Test
    void withoutAnyNodeItIsToldHowToAddOne() throws Exception {
        gateway.fleet.publish(Fleet.EMPTY);

        HttpResponse<String> response = gateway.post(Gateway.call(1, "a"));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("\"code\":-32010", "fairlead nodes add http://127.0.0.1:8545");
    }

    private CallEnded onlyCall() {
        Await.until("the call's end is told", () -> !gateway.told.calls.isEmpty());
        assertThat(gateway.told.calls).hasSize(1);
        return gateway.told.calls.getFirst();
    }
}
