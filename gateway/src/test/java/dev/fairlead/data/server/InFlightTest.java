package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.memory.MemoryConfig;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.data.http.BoundedHeaders;
import dev.fairlead.data.http.ConnectionCosts;
import dev.fairlead.support.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is in flight takes of the heap whatever it carries: it counts, it waits where it came from, it is refused at
/// last, and it is given back.
class InFlightTest {
    private static final int KIB = 1024;
    private static final int MOST = 4 * 1024 * KIB;
    private static final int CLIENTS = 20;
    private static final int CALLS = 200;

    private final Gateway gateway = Gateway.within(MOST, 64 * 1024 * KIB);
    private final MemoryShare heap = MemoryShare.of(gateway.budgets.heap());

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void pipelinedCallsWaitInTheirSocketsWhileMemoryIsShort() throws Exception {
        holdAllButSmallOnes();
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            wires.add(gateway.wire().say(Wire.post(Gateway.call(1, "m")).repeat(CALLS)));
        }
        Await.until("memory is short", heap::isShort);
        assertThat(gateway.post(Gateway.call(2, "small")).statusCode()).isEqualTo(200);

        assertThat(gateway.budgets.heap().used()).isLessThan(MOST);
        assertThat(gateway.way.calls.size()).isLessThan(CLIENTS * CALLS / 2);

        answerAll();
        for (Wire wire : wires) {
            for (int i = 0; i < CALLS; i++) assertThat(wire.hear().body()).isEqualTo(Gateway.result(1, "m"));
        }
        allIsGivenBack(wires);
    }

    @Test
    void pipelinedRequestsOfDifferentHeadsWaitTheSame() throws Exception {
        holdAllButSmallOnes();
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            var requests = new StringBuilder();
            for (int j = 0; j < CALLS; j++) requests.append(Wire.post(Gateway.call(1, "m"), "X-Request-Id: " + j));
            wires.add(gateway.wire().say(requests.toString()));
        }
        Await.until("memory is short", heap::isShort);
        assertThat(gateway.post(Gateway.call(2, "small")).statusCode()).isEqualTo(200);

        answerAll();
        for (Wire wire : wires) {
            for (int i = 0; i < CALLS; i++) {
                assertThat(wire.hear().headers()).containsEntry("x-request-id", Integer.toString(i));
            }
        }
        allIsGivenBack(wires);
    }

    @Test
    void whatFindsNoRoomIsToldToComeAgain() throws Exception {
        holdAllButSmallOnes();
        String notification = Wire.post("{\"jsonrpc\":\"2.0\",\"method\":\"m\"}");
        List<Wire> wires = new ArrayList<>();
        while (gateway.budgets.heap().refusals() == 0) {
            wires.add(said(notification.repeat(100)));
            wires.getLast().hear(false);
        }

        List<Wire> more = new ArrayList<>();
        Await.until("a call is refused", () -> {
            more.add(said(Wire.post(Gateway.call(1, "m"))));
            return more.stream().anyMatch(InFlightTest::hears);
        });
        Wire.Response refused = more.stream()
                .filter(InFlightTest::hears)
                .findFirst()
                .orElseThrow()
                .hear();

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers()).containsEntry("retry-after", "1");
        assertThat(refused.body()).contains("memory for requests");
        assertThat(gateway.budgets.heap().used()).isLessThan(2 * MOST);
        answerAll();
        wires.addAll(more);
        Await.until("there is room", () -> gateway.budgets.heap().used() < MOST / 2);
        assertThat(gateway.post(Gateway.call(1, "small")).statusCode()).isEqualTo(200);
        allIsGivenBack(wires);
    }

    @Test
    void elementsOfBatchesCount() throws Exception {
        holdAllButSmallOnes();
        String batch = "[" + (Gateway.call(1, "m") + ",").repeat(399) + Gateway.call(1, "m") + "]";
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < 12; i++) wires.add(said(Wire.post(batch)));
        Await.until("memory is short", heap::isShort);

        assertThat(gateway.post(Gateway.call(1, "small")).statusCode()).isEqualTo(200);

        assertThat(gateway.budgets.heap().used()).isLessThan(MOST);
        assertThat(gateway.way.calls.size()).isLessThan(12 * 400);
        allIsGivenBack(wires);
    }

    @Test
    void answersThatWaitBehindACallStopTheReading() throws Exception {
        holdAllButSmallOnes();
        String invalid = Wire.post("[" + "1,".repeat(199) + "1]");
        List<Wire> wires = List.of(said(Wire.post(Gateway.call(1, "m")) + invalid.repeat(100)));

        Await.until("some wait", heap::isShort);
        assertThat(gateway.post(Gateway.call(1, "small")).statusCode()).isEqualTo(200);

        assertThat(gateway.budgets.heap().used()).isLessThan(MOST);
        answerAll();
        for (int i = 0; i < 101; i++)
            assertThat(wires.getFirst().hear().status()).isEqualTo(200);
        allIsGivenBack(wires);
    }

    @Test
    void streamsOfHttp2AreRefusedWhenTheyAreTooMany() throws Exception {
        holdAllButSmallOnes();
        List<Http2Wire> wires = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            var wire = new Http2Wire(gateway.port(), 65_536, 65_535);
            wires.add(wire);
            for (int stream = 1; stream < 200; stream += 2) wire.post(stream, Gateway.call(stream, "m"));
        }
        Await.until(
                "some are refused", () -> gateway.told.calls.size() + gateway.way.held.size() > 0 && heap.isShort());
        assertThat(gateway.post(Gateway.call(1, "small")).statusCode()).isEqualTo(200);

        assertThat(gateway.budgets.heap().used()).isLessThan(MOST);
        assertThat(gateway.way.calls.size()).isLessThan(1100);
        for (Http2Wire wire : wires) wire.close();
        allIsGivenBack(List.of());
    }

    @Test
    void headsThatDoNotEndCount() throws Exception {
        gateway.memory = new MemoryConfig(0, 0, Duration.ofSeconds(1), 0);
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < 300; i++) wires.add(said("POST / HTTP/1.1\r\nHost: x\r\nX-A: " + "b".repeat(15_000)));

        Await.until("one is refused", () -> gateway.budgets.heap().refusals() > 0);

        assertThat(gateway.budgets.heap().used()).isLessThan(MOST + MOST / 8);
        assertThat(gateway.post(Gateway.call(1, "small")).statusCode()).isEqualTo(200);
        allIsGivenBack(wires);
    }

    @Test
    void headsOfUnfinishedBodiesCount() throws Exception {
        List<Wire> wires = new ArrayList<>();
        String head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nX-A: " + "b".repeat(14_000) + "\r\n\r\n";
        for (int i = 0; i < 400; i++) wires.add(said(head));

        Await.until("one is refused", () -> gateway.budgets.heap().refusals() > 0);

        assertThat(gateway.budgets.heap().used()).isLessThan(MOST);
        assertThat(gateway.post(Gateway.call(1, "small")).statusCode()).isEqualTo(200);
        allIsGivenBack(wires);
    }

    @Test
    void moreHeadersThanAnybodySendsAreRefused() throws Exception {
        try (Wire wire = gateway.wire()) {
            String headers = "A: b\r\n".repeat(BoundedHeaders.MOST - 2);

            wire.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n" + headers + "\r\n");
            assertThat(wire.hear().status()).isEqualTo(400);
            wire.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n" + headers + "A: b\r\n\r\n");
            Wire.Response refused = wire.hear();

            assertThat(refused.status()).isEqualTo(431);
            assertThat(refused.body()).contains("128 headers");
        }
    }

    @Test
    void connectionsTakeNoMoreThanHalfOfTheMemory() throws Exception {
        List<Wire> wires = new ArrayList<>();
        int most = MOST / 2 / ConnectionCosts.CONNECTION;
        for (int i = 0; i < most; i++) wires.add(gateway.wire());
        Await.until("all are open", () -> gateway.server.connections() == most);
        wires.add(gateway.wire());

        assertThat(wires.getLast().hear().status()).isEqualTo(503);
        wires.getFirst().say(Wire.post(Gateway.call(1, "small")));
        assertThat(wires.getFirst().hear().status()).isEqualTo(200);
        allIsGivenBack(wires);
    }

    private void holdAllButSmallOnes() {
        gateway.way.will((call, back) -> {
            if (call.request().method().equals("small")) back.accept(gateway.way.named(call));
            else gateway.way.held.add(new StubWay.Held(call, back));
        });
    }

    /// Those that are held, and those that come from now on.
    private void answerAll() {
        gateway.way.will((call, back) -> back.accept(gateway.way.named(call)));
        gateway.way.held.forEach(held -> held.answer(gateway.way.named(held.call())));
    }

    private static boolean hears(Wire wire) {
        try {
            return wire.in.available() > 0;
        } catch (IOException gone) {
            return false;
        }
    }

    private Wire said(String text) {
        try {
            return gateway.wire().say(text);
        } catch (Exception gone) {
            throw new AssertionError(gone);
        }
    }

    private void allIsGivenBack(List<Wire> wires) throws IOException {
        for (Wire wire : wires) wire.close();
        answerAll();
        gateway.http.close();
        Await.until(
                "all is given back: " + gateway.budgets.heap().used(),
                () -> gateway.budgets.heap().used() == 0
                        && gateway.budgets.direct().used() == 0);
    }
}
