package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.http.ServerConfig.Timeouts;
import dev.fairlead.data.rpc.ServerLimits;
import dev.fairlead.support.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Clients that are slow, greedy, broken or sly.
class HostilityTest {
    private static final int BODY = 1000;

    private final Gateway gateway = Gateway.start(Gateway.limits(limits -> Gateway.body(limits, BODY)));

    @AfterEach
    void stop() {
        gateway.close();
        assertThat(gateway.told.connections).hasValue(0);
    }

    @Test
    void aBodyThatIsAnnouncedTooLargeIsRefusedAtOnceAndPassedOver() throws Exception {
        try (Wire wire = gateway.wire()) {
            wire.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\n\r\n");

            Wire.Response response = wire.hear();

            assertThat(response.status()).isEqualTo(413);
            assertThat(response.body()).contains("\"code\":-32600", "1000 bytes");
            wire.say("x".repeat(2000) + Wire.post(Gateway.call(1, "a")));
            assertThat(wire.hear().body()).isEqualTo(Gateway.result(1, "a"));
        }
    }

    @Test
    void aBodyThatTurnsOutTooLargeIsRefusedAndPassedOver() throws Exception {
        try (Wire wire = gateway.wire()) {
            wire.say("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + "3e9\r\n" + "x".repeat(1001)
                    + "\r\n3\r\nabc\r\n0\r\n\r\n" + Wire.post(Gateway.call(1, "a")));

            assertThat(wire.hear().status()).isEqualTo(413);
            assertThat(wire.hear().body()).isEqualTo(Gateway.result(1, "a"));
        }
    }

    @Test
    void aBodyExactlyAtTheLimitIsRead() throws Exception {
        String body = Gateway.call(1, "a");

        assertThat(gateway.post(body + " ".repeat(BODY - body.length())).statusCode())
                .isEqualTo(200);
        assertThat(gateway.post(body + " ".repeat(BODY - body.length() + 1)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void aBodyFarTooLargeEndsTheConnectionAfterItsAnswer() throws Exception {
        try (Wire wire = gateway.wire()) {
            wire.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n" + "x".repeat(3000));

            Wire.Response response = wire.hear();

            assertThat(response.status()).isEqualTo(413);
            assertThat(response.headers()).containsEntry("connection", "close");
            assertThat(wire.isEnded()).isTrue();
        }
    }

    @Test
    void anEndlessBodyIsNotPassedOverForEver() throws Exception {
        try (Wire wire = gateway.wire()) {
            wire.say("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            String chunk = "64\r\n" + "x".repeat(100) + "\r\n";
            wire.say(chunk.repeat(100));

            assertThat(wire.hear().status()).isEqualTo(413);
            assertThat(wire.isEnded()).isTrue();
        }
    }

    @Test
    void whoExpectsAGoAheadForTooMuchDoesNotGetIt() throws Exception {
        try (Wire wire = gateway.wire()) {
            wire.say("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n");

            assertThat(wire.hear().status()).isEqualTo(413);
            assertThat(wire.isEnded()).isTrue();
        }
    }

    @Test
    void whoExpectsSomethingElseIsRefused() throws Exception {
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(Gateway.call(1, "a"), "Expect: miracles"));

            assertThat(wire.hear().status()).isEqualTo(417);
        }
    }

    @Test
    void smuggledAndBrokenRequestsEndTheConnectionUnasked() throws Exception {
        List<String> requests = List.of(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\nabcde",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\nabcde",
                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length : 5\r\n\r\nabcde",
                "POST / HTTP/1.1\r\nHost: x\r\nX: a\nContent-Length: 5\r\n\r\nabcde",
                "POST / HTTP/1.1\r\nHost: x\r\nX\0: a\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003 not TLS here\r\n\r\n",
                "garbage\r\n\r\n");
        for (String request : requests) {
            try (Wire wire = gateway.wire()) {
                wire.say(request + Wire.post(Gateway.call(1, "smuggled")));

                Wire.Response response = wire.hear();

                assertThat(response.status()).as(request).isEqualTo(400);
                assertThat(response.body()).as(request).contains("\"id\":null,\"error\":{\"code\":-32");
                assertThat(wire.isEnded()).as(request).isTrue();
            }
        }
        assertThat(gateway.way.calls).isEmpty();
    }

    @Test
    void giantHeadersAreRefused() throws Exception {
        try (Wire line = gateway.wire();
                Wire one = gateway.wire();
                Wire many = gateway.wire()) {
            line.say("POST /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            one.say("POST / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20_000) + "\r\n\r\n");
            many.say("POST / HTTP/1.1\r\nHost: x\r\n" + "X: abcdefgh\r\n".repeat(2000) + "\r\n");

            assertThat(line.hear().status()).isEqualTo(414);
            assertThat(one.hear().status()).isEqualTo(431);
            assertThat(many.hear().status()).isEqualTo(431);
            assertThat(many.isEnded()).isTrue();
        }
    }

    @Test
    void headersThatTakeTooLongEndTheConnection() throws Exception {
        timeouts(new Timeouts(Gateway.SHORT, LONG, LONG, LONG, LONG, LONG));
        try (Wire drip = gateway.wire()) {
            drip.say("POST / HT");
            assertThat(drip.hear().status()).isEqualTo(408);
            assertThat(drip.isEnded()).isTrue();
        }
        try (Wire later = gateway.wire()) {
            later.say(Wire.post(Gateway.call(1, "a")) + "POST / HTTP/1.1\r\nHost: x\r\nX: y");
            assertThat(later.hear().status()).isEqualTo(200);
            assertThat(later.hear().status()).isEqualTo(408);
        }
    }

    @Test
    void drippedHeadersDoNotBuyTime() throws Exception {
        timeouts(new Timeouts(Gateway.SHORT, LONG, LONG, LONG, LONG, LONG));
        try (Wire drip = gateway.wire()) {
            drip.say("POST / HTTP/1.1\r\nHost: x\r\n");
            int lines = 0;
            try {
                while (drip.in.available() == 0) {
                    drip.say("X-" + lines++ + ": y\r\n");
                    java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
                    assertThat(lines).isLessThan(1000);
                }
            } catch (IOException closed) {
                assertThat(lines).isPositive();
            }
            assertThat(drip.hear().status()).isEqualTo(408);
        }
    }

    @Test
    void aBodyThatTakesTooLongEndsTheConnection() throws Exception {
        timeouts(new Timeouts(LONG, Gateway.SHORT, LONG, LONG, LONG, LONG));
        try (Wire wire = gateway.wire()) {
            wire.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345");

            assertThat(wire.hear().status()).isEqualTo(408);
            assertThat(wire.isEnded()).isTrue();
        }
    }

    @Test
    void aQuietConnectionIsClosedAndABusyOneIsNot() throws Exception {
        timeouts(new Timeouts(LONG, LONG, Gateway.SHORT, LONG, LONG, LONG));
        gateway.way.hold();
        try (Wire quiet = gateway.wire();
                Wire busy = gateway.wire()) {
            busy.say(Wire.post(Gateway.call(1, "a")));
            Await.until("the call is asked", () -> !gateway.way.held.isEmpty());

            assertThat(quiet.isEnded()).isTrue();
            StubWay.Held held = gateway.way.held.getFirst();
            held.answer(gateway.way.named(held.call()));
            assertThat(busy.hear().body()).isEqualTo(Gateway.result(1, "a"));
            assertThat(busy.isEnded()).isTrue();
        }
    }

    @Test
    void connectionsBeyondTheBoundAreToldSo() throws Exception {
        ServerLimits limits = gateway.config.limits();
        gateway.config = Gateway.limits(_ -> new ServerLimits(
                        limits.body(),
                        limits.header(),
                        limits.batch(),
                        limits.batchReply(),
                        limits.nesting(),
                        limits.callsPerConnection(),
                        3))
                .apply(gateway.config);
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            wires.add(gateway.wire());
            wires.getLast().say(Wire.post(Gateway.call(i, "a")));
            assertThat(wires.getLast().hear().status()).isEqualTo(200);
        }

        try (Wire tooMany = gateway.wire()) {
            tooMany.say(Wire.post(Gateway.call(9, "a")));
            Wire.Response response = tooMany.hear();

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.headers()).containsEntry("retry-after", "1");
            assertThat(response.body()).contains("\"code\":-32005");
            assertThat(tooMany.isEnded()).isTrue();
        }
        for (Wire wire : wires) wire.close();
        Await.until("there is room again", () -> gateway.server.connections() == 0);
        assertThat(gateway.post(Gateway.call(1, "a")).statusCode()).isEqualTo(200);
        assertThat(gateway.told.statuses).containsExactly(503);
    }

    private static final Duration LONG = Duration.ofMinutes(5);

    private void timeouts(Timeouts timeouts) {
        gateway.config = Gateway.timeouts(_ -> timeouts).apply(gateway.config);
    }
}
