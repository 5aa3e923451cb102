package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Await;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipeliningTest {
    private final Gateway gateway = Gateway.start();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void callsRunSideBySideAndAnswersLeaveInOrder() throws Exception {
        gateway.way.hold();
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(Gateway.call(1, "a"))
                    + Wire.post("{broken")
                    + "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
                    + Wire.post(Gateway.call(2, "b")));
            Await.until("both are in flight", () -> gateway.way.held.size() == 2);

            for (StubWay.Held held : gateway.way.held.reversed()) held.answer(gateway.way.named(held.call()));

            assertThat(wire.hear().body()).isEqualTo(Gateway.result(1, "a"));
            assertThat(wire.hear().status()).isEqualTo(400);
            assertThat(wire.hear().body()).isEqualTo("ok\n");
            assertThat(wire.hear().body()).isEqualTo(Gateway.result(2, "b"));
        }
    }

    @Test
    void requestsMayArriveInPiecesOfAnySize() throws Exception {
        byte[] requests = (Wire.post(Gateway.call(1, "a"), "Expect-Nothing: x")
                        + "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "10\r\n" + Gateway.call(2, "b").substring(0, 16) + "\r\n"
                        + Integer.toHexString(Gateway.call(2, "b").length() - 16) + "\r\n"
                        + Gateway.call(2, "b").substring(16) + "\r\n0\r\n\r\n"
                        + Wire.post(Gateway.call(3, "c")))
                .getBytes(StandardCharsets.US_ASCII);

        for (int size = 1; size < requests.length; size += size < 8 ? 1 : 37) {
            try (Wire wire = gateway.wire()) {
                for (int at = 0; at < requests.length; at += size) {
                    var piece = new ByteArrayOutputStream();
                    piece.write(requests, at, Math.min(size, requests.length - at));
                    wire.say(piece.toByteArray());
                }

                assertThat(wire.hear().body()).isEqualTo(Gateway.result(1, "a"));
                assertThat(wire.hear().body()).isEqualTo(Gateway.result(2, "b"));
                assertThat(wire.hear().body()).isEqualTo(Gateway.result(3, "c"));
            }
        }
    }

    @Test
    void whoAsksTooMuchAtOnceIsReadNoFurtherAndLosesNothing() throws Exception {
        int limit = 4;
        int all = 200;
        gateway.config = Gateway.limits(limits -> Gateway.callsPerConnection(limits, limit))
                .apply(gateway.config);
        gateway.way.hold();
        try (Wire wire = gateway.wire()) {
            var requests = new StringBuilder();
            for (int i = 0; i < all; i++) requests.append(Wire.post(Gateway.call(i, "a")));
            wire.say(requests.toString());

            for (int i = 0; i < all; i++) {
                int index = i;
                Await.until("call " + i + " is asked", () -> gateway.way.held.size() > index);
                assertThat(gateway.way.calls).hasSizeLessThanOrEqualTo(i + limit);
                StubWay.Held held = gateway.way.held.get(i);
                held.answer(gateway.way.named(held.call()));
                assertThat(wire.hear().body()).isEqualTo(Gateway.result(i, "a"));
            }
        }
    }

    @Test
    void whoNeverReadsItsAnswersIsReadNoFurther() throws Exception {
        String large = "\"" + "x".repeat(100_000) + "\"";
        gateway.way.will((call, back) -> back.accept(gateway.way.result(call, large)));
        try (Wire wire = new Wire(gateway.port(), 4096)) {
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 2000; i++) wire.say(Wire.post(Gateway.call(i, "a")));
                } catch (java.io.IOException closed) {
                    Thread.currentThread().interrupt();
                }
            });
            Await.until("the socket is full", () -> gateway.way.calls.size() > 5);
            Wire.Response first = wire.hear();

            assertThat(first.body())
                    .hasSize(large.length() + Gateway.result(0, "").length() - 2);
            assertThat(gateway.way.calls).hasSizeLessThan(1500);
            assertThat(gateway.way.buffers.stream().filter(b -> b.refCnt() > 0).count())
                    .isLessThan(1100);
            wire.socket.close();
            writer.join();
        }
    }

    @Test
    void aConnectionThatIsToCloseClosesAfterItsAnswer() throws Exception {
        gateway.way.hold();
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(Gateway.call(1, "a"), "Connection: close") + Wire.post(Gateway.call(2, "b")));
            Await.until("the call is asked", () -> !gateway.way.held.isEmpty());
            StubWay.Held held = gateway.way.held.getFirst();
            held.answer(gateway.way.named(held.call()));

            Wire.Response response = wire.hear();

            assertThat(response.body()).isEqualTo(Gateway.result(1, "a"));
            assertThat(response.headers()).containsEntry("connection", "close");
            assertThat(wire.isEnded()).isTrue();
            assertThat(gateway.way.calls).hasSize(1);
        }
    }

    @Test
    void http10KeepsAliveOnlyWhenAsked() throws Exception {
        String body = Gateway.call(1, "a");
        String head = "POST / HTTP/1.0\r\nContent-Length: " + body.length() + "\r\n";
        try (Wire wire = gateway.wire()) {
            wire.say(head + "Connection: keep-alive\r\n\r\n" + body);
            Wire.Response kept = wire.hear();
            wire.say(head + "\r\n" + body);
            Wire.Response last = wire.hear();

            assertThat(kept.headers()).containsEntry("connection", "keep-alive");
            assertThat(last.body()).isEqualTo(Gateway.result(1, "a"));
            assertThat(last.headers()).containsEntry("connection", "close");
            assertThat(wire.isEnded()).isTrue();
        }
    }

    @Test
    void whoWaitsForAGoAheadGetsItInItsTurn() throws Exception {
        gateway.way.hold();
        String body = Gateway.call(2, "b");
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(Gateway.call(1, "a"))
                    + "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: " + body.length()
                    + "\r\n\r\n");
            Await.until("the first call is asked", () -> !gateway.way.held.isEmpty());
            StubWay.Held first = gateway.way.held.getFirst();
            gateway.way.will((call, back) -> back.accept(gateway.way.named(call)));
            first.answer(gateway.way.named(first.call()));

            assertThat(wire.hear().body()).isEqualTo(Gateway.result(1, "a"));
            assertThat(wire.hear(false).status()).isEqualTo(100);
            wire.say(body);
            assertThat(wire.hear().body()).isEqualTo(Gateway.result(2, "b"));
        }
    }
}
