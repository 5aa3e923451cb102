package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.telemetry.Events.CallEnded;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.support.Await;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final Gateway gateway = Gateway.start(Gateway.limits(limits -> Gateway.batchReply(limits, 100_000)));

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void answersStandInTheOrderOfTheRequestsHoweverTheyCome() throws Exception {
        gateway.way.hold();
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(batch(Gateway.call(1, "a"), Gateway.call(2, "b"), Gateway.call(3, "c"))));
            Await.until("all are in flight at once", () -> gateway.way.held.size() == 3);

            for (StubWay.Held held : gateway.way.held.reversed()) held.answer(gateway.way.named(held.call()));

            assertThat(wire.hear().body())
                    .isEqualTo(batch(Gateway.result(1, "a"), Gateway.result(2, "b"), Gateway.result(3, "c")));
        }
        assertThat(gateway.told.batches).containsExactly(3);
        assertThat(gateway.told.calls).extracting(CallEnded::status).containsOnly(200);
    }

    @Test
    void errorsStandBesideResults() throws Exception {
        gateway.way.will((call, back) -> back.accept(
                call.request().method().equals("b")
                        ? new Refused(Refusal.NODES_FAILED, "every node failed")
                        : gateway.way.named(call)));

        HttpResponse<String> response =
                gateway.post(batch(Gateway.call(1, "a"), Gateway.call(2, "b"), "3", "{\"id\":\"x\"}"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("[" + Gateway.result(1, "a") + ",")
                .contains("\"id\":2,\"error\":{\"code\":-32011")
                .contains("\"id\":null,\"error\":{\"code\":-32600")
                .contains("\"id\":\"x\",\"error\":{\"code\":-32600");
    }

    @Test
    void aBatchOfNothingButFaultsIsAnswered() throws Exception {
        HttpResponse<String> response = gateway.post("[1,2]");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith("[{").endsWith("}]").contains("},{");
    }

    @Test
    void notificationsGetNoElement() throws Exception {
        String notification = "{\"jsonrpc\":\"2.0\",\"method\":\"n\"}";

        HttpResponse<String> mixed = gateway.post(batch(notification, Gateway.call(1, "a"), notification));
        HttpResponse<String> nothingElse = gateway.post(batch(notification, notification));

        assertThat(mixed.body()).isEqualTo(batch(Gateway.result(1, "a")));
        assertThat(nothingElse.statusCode()).isEqualTo(204);
        assertThat(nothingElse.body()).isEmpty();
        assertThat(gateway.way.calls).hasSize(5);
        assertThat(gateway.told.calls).hasSize(5);
    }

    @Test
    void anEmptyBatchIsAnInvalidRequest() throws Exception {
        HttpResponse<String> response = gateway.post("[]");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":-32600");
    }

    @Test
    void tooManyCallsAreRefusedWhole() throws Exception {
        String many = IntStream.rangeClosed(0, 1000)
                .mapToObj(i -> Gateway.call(i, "a"))
                .collect(Collectors.joining(",", "[", "]"));

        HttpResponse<String> response = gateway.post(many);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("\"code\":-32600", "1001", "1000");
        assertThat(gateway.way.calls).isEmpty();
    }

    @Test
    void callsInFlightAreBounded() throws Exception {
        gateway.config =
                Gateway.limits(limits -> Gateway.callsPerConnection(limits, 2)).apply(gateway.config);
        gateway.way.hold();
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(
                    batch(Gateway.call(0, "a"), Gateway.call(1, "b"), Gateway.call(2, "c"), Gateway.call(3, "d"))));

            for (int next = 0; next < 4; next++) {
                int asked = Math.min(next + 2, 4);
                Await.until("the next may go", () -> gateway.way.held.size() == asked);
                assertThat(gateway.way.calls).hasSize(asked);
                StubWay.Held held = gateway.way.held.get(next);
                held.answer(gateway.way.named(held.call()));
            }

            assertThat(wire.hear().body())
                    .isEqualTo(batch(
                            Gateway.result(0, "a"),
                            Gateway.result(1, "b"),
                            Gateway.result(2, "c"),
                            Gateway.result(3, "d")));
        }
    }

    @Test
    void aLargeReplyThatStreamsIsCollected() throws Exception {
        gateway.way.will((call, back) -> {
            if (call.request().method().equals("small")) {
                back.accept(gateway.way.named(call));
                return;
            }
            back.accept(gateway.way.streaming("{\"part\":1,", -1));
            StubRest rest = gateway.way.rests.getLast();
            rest.part("\"part\":2}");
            rest.sink().end();
        });

        assertThat(gateway.post(batch(Gateway.call(1, "small"), Gateway.call(2, "large")))
                        .body())
                .isEqualTo(batch(Gateway.result(1, "small"), "{\"part\":1,\"part\":2}"));
    }

    @Test
    void repliesBeyondTheBoundOfTheBatchAreRefusedEach() throws Exception {
        String big = "\"" + "x".repeat(60_000) + "\"";
        gateway.way.will((call, back) -> back.accept(
                call.request().method().equals("big") ? gateway.way.result(call, big) : gateway.way.named(call)));

        String body = gateway.post(batch(Gateway.call(1, "big"), Gateway.call(2, "big"), Gateway.call(3, "c")))
                .body();

        assertThat(body).contains("\"id\":1,\"result\":" + big);
        assertThat(body).contains("\"id\":2,\"error\":{\"code\":-32003").endsWith("," + Gateway.result(3, "c") + "]");
    }

    @Test
    void whatBecameOfATransactionIsToldHoweverMuchTheOthersTake() throws Exception {
        String big = "\"" + "x".repeat(60_000) + "\"";
        String full = "\"" + "y".repeat(99_900) + "\"";
        gateway.way.will((call, back) -> {
            call.attempted();
            String result = call.request().id().text().equals("1") ? full : big;
            boolean hash = call.request().id().text().equals("2");
            back.accept(hash ? gateway.way.named(call) : gateway.way.result(call, result));
        });

        String body = gateway.post(batch(
                        Gateway.call(1, "eth_getLogs"),
                        Gateway.call(2, "eth_sendRawTransaction"),
                        Gateway.call(3, "eth_sendRawTransactionSync"),
                        Gateway.call(4, "eth_call")))
                .body();

        assertThat(body)
                .contains(Gateway.result(2, "eth_sendRawTransaction"))
                .contains("\"id\":3,\"error\":{\"code\":-32016")
                .contains("\"id\":4,\"error\":{\"code\":-32003");
    }

    @Test
    void streamsTogetherKeepToTheBoundOfTheBatch() throws Exception {
        gateway.way.will((_, back) -> back.accept(gateway.way.streaming("{", -1)));
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(batch(Gateway.call(1, "a"), Gateway.call(2, "b"))));
            Await.until("both are asked", () -> gateway.way.calls.size() == 2);

            gateway.way.calls.getFirst().loop().execute(() -> {
                List<StubRest> rests = gateway.way.rests;
                rests.get(0).part("\"first\":\"" + "x".repeat(60_000) + "\"}");
                rests.get(1).part("x".repeat(60_000));
                rests.get(0).sink().end();
            });

            assertThat(wire.hear().body()).startsWith("[{\"first\":").contains("\"id\":2,\"error\":{\"code\":-32003");
        }
        assertThat(gateway.way.rests.get(0).aborted).isFalse();
        assertThat(gateway.way.rests.get(1).aborted).isTrue();
    }

    @Test
    void aReplyThatIsAnnouncedTooLargeIsNotEvenRead() throws Exception {
        gateway.way.will((_, back) -> back.accept(gateway.way.streaming("{", 100_001)));

        assertThat(gateway.post(batch(Gateway.call(1, "a"))).body()).contains("\"code\":-32003");

        assertThat(gateway.way.rests.getFirst().wanted.getCount()).isEqualTo(1);
        assertThat(gateway.way.rests.getFirst().aborted).isTrue();
    }

    @Test
    void aReplyThatBreaksOffIsAnErrorOfItsElementAlone() throws Exception {
        gateway.way.will((call, back) -> {
            if (call.request().method().equals("a")) {
                back.accept(gateway.way.named(call));
                return;
            }
            back.accept(gateway.way.streaming("{", -1));
            gateway.way.rests.getLast().sink().cut("connection reset");
        });

        assertThat(gateway.post(batch(Gateway.call(1, "a"), Gateway.call(2, "b")))
                        .body())
                .startsWith("[" + Gateway.result(1, "a"))
                .contains("\"id\":2,\"error\":{\"code\":-32011", "connection reset");
    }

    @Test
    void elementsWithoutAnAnswerGetOneAtTheDeadline() throws Exception {
        gateway.config = Gateway.timeouts(t -> new ServerConfig.Timeouts(
                        t.header(), t.body(), t.idle(), Gateway.SHORT, t.slowReader(), t.stop()))
                .apply(Gateway.limits(limits -> Gateway.callsPerConnection(limits, 3))
                        .apply(gateway.config));
        gateway.way.will((call, back) -> {
            switch (call.request().method()) {
                case "quick" -> back.accept(gateway.way.named(call));
                case "stalls" -> back.accept(gateway.way.streaming("{", -1));
                default -> gateway.way.held.add(new StubWay.Held(call, back));
            }
        });

        HttpResponse<String> response = gateway.post(batch(
                Gateway.call(1, "quick"),
                Gateway.call(2, "stalls"),
                Gateway.call(3, "hangs"),
                Gateway.call(4, "hangs"),
                Gateway.call(5, "neverAsked")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("[" + Gateway.result(1, "quick"))
                .contains("\"id\":2,\"error\":{\"code\":-32015")
                .contains("\"id\":4,\"error\":{\"code\":-32015")
                .contains("\"id\":5,\"error\":{\"code\":-32015");
        assertThat(gateway.told.calls).hasSize(5);
        assertThat(gateway.way.rests.getFirst().aborted).isTrue();
        assertThat(gateway.way.held).allMatch(held -> held.call().isAbandoned());
    }

    @Test
    void aClientThatGoesAwayReleasesWhatWasAnsweredAndAbandonsTheRest() throws Exception {
        gateway.way.will((call, back) -> {
            switch (call.request().method()) {
                case "quick" -> back.accept(gateway.way.named(call));
                case "stalls" -> back.accept(gateway.way.streaming("{", -1));
                default -> gateway.way.held.add(new StubWay.Held(call, back));
            }
        });
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(batch(Gateway.call(1, "quick"), Gateway.call(2, "stalls"), Gateway.call(3, "hangs"))));
            Await.until("all are asked", () -> gateway.way.calls.size() == 3);
        }

        Await.until("all calls have ended", () -> gateway.told.calls.size() == 3);

        assertThat(gateway.told.calls).extracting(CallEnded::status).containsExactlyInAnyOrder(200, 499, 499);
        assertThat(gateway.way.rests.getFirst().aborted).isTrue();
    }

    private static String batch(String... elements) {
        return "[" + String.join(",", elements) + "]";
    }
}
