package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.data.server.Http2Wire.Frame;
import dev.fairlead.support.Await;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Clients that take nothing of an answer that is ready for them.
class SlowReaderTest {
    private static final int WINDOW = 65_535;
    private static final int LITTLE = 4096;
    private static final int MUCH = 1 << 30;

    private final Gateway gateway = Gateway.start();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aConnectionOfWhichTheClientTakesNothingIsEnded() throws Exception {
        largeRepliesUntil(Gateway.SHORT);
        try (var wire = new Wire(gateway.port(), LITTLE)) {
            wire.say(Wire.post(Gateway.call(1, "large")));

            Await.until(
                    "its node is told to stop", () -> gateway.way.rests.stream().anyMatch(rest -> rest.aborted));
            Await.until("it is gone", () -> gateway.server.connections() == 0);
        }
    }

    @Test
    void aClientThatTakesALittleNowAndThenIsNotEnded() throws Exception {
        largeRepliesUntil(Duration.ofSeconds(3));
        try (var wire = new Wire(gateway.port(), LITTLE)) {
            wire.say(Wire.post(Gateway.call(1, "large")));
            long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (System.nanoTime() < until) wire.exactly(100_000);

            assertThat(gateway.way.rests.getFirst().aborted).isFalse();
        }
    }

    @Test
    void anHttp2ConnectionOfWhichTheClientReadsNothingIsEndedWhole() throws Exception {
        largeRepliesUntil(Gateway.SHORT);
        try (var wire = new Http2Wire(gateway.port(), LITTLE, MUCH)) {
            wire.credit(0, MUCH);
            for (int stream = 1; stream < 20; stream += 2) wire.post(stream, Gateway.call(stream, "large"));

            Await.until("it is gone", () -> gateway.server.connections() == 0);
        }
        Await.until(
                "the nodes are told to stop", () -> gateway.way.rests.stream().allMatch(rest -> rest.aborted));
    }

    @Test
    void aSmallAnswerBehindWhatIsUnreadOfAnotherStreamOutlivesIt() throws Exception {
        Duration patience = Duration.ofSeconds(2);
        largeRepliesUntil(patience);
        try (var wire = new Http2Wire(gateway.port(), 1 << 20, MUCH)) {
            leaveSmallBehindLarge(wire);

            Frame end = wire.hear(1);
            assertThat(end.type()).isEqualTo(Http2Wire.RST_STREAM);
            assertThat(end.code()).isEqualTo(Http2Wire.ENHANCE_YOUR_CALM);
            wire.patience(600);
            assertThatThrownBy(() -> wire.hear(3)).isInstanceOf(SocketTimeoutException.class);

            wire.patience(15_000);
            wire.credit(0, WINDOW);
            Frame answer = wire.hear(3);
            assertThat(new String(answer.payload(), StandardCharsets.US_ASCII)).isEqualTo(Gateway.result(3, "small"));
        }
    }

    @Test
    void aSmallAnswerThatIsNotTakenIsEndedInTheEnd() throws Exception {
        largeRepliesUntil(Gateway.SHORT);
        try (var wire = new Http2Wire(gateway.port(), 1 << 20, MUCH)) {
            leaveSmallBehindLarge(wire);

            assertThat(wire.hear(1).code()).isEqualTo(Http2Wire.ENHANCE_YOUR_CALM);
            assertThat(wire.hear(3).code()).isEqualTo(Http2Wire.ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void manySmallAnswersOfWhichNothingIsTakenAreEndedTogether() throws Exception {
        endsAfter(Gateway.SHORT);
        String result = "\"" + "x".repeat(30_000) + "\"";
        gateway.way.will((call, back) -> back.accept(gateway.way.result(call, result)));
        try (var wire = new Http2Wire(gateway.port(), 1 << 20, MUCH)) {
            for (int stream = 1; stream < 40; stream += 2) wire.post(stream, Gateway.call(stream, "a"));

            for (int ended = 0; ended < 17; ) {
                if (wire.hear().type() == Http2Wire.RST_STREAM) ended++;
            }
        }
    }

    /// Stream 1 has used up the connection's window when stream 3 asks.
    private static void leaveSmallBehindLarge(Http2Wire wire) throws Exception {
        wire.post(1, Gateway.call(1, "large"));
        int taken = 0;
        while (taken < WINDOW) taken += wire.hear(1).payload().length;
        wire.post(3, Gateway.call(3, "small"));
    }

    private void largeRepliesUntil(Duration patience) {
        endsAfter(patience);
        answerWithoutEnd();
    }

    private void endsAfter(Duration patience) {
        gateway.config = Gateway.timeouts(
                        t -> new ServerConfig.Timeouts(t.header(), t.body(), t.idle(), t.call(), patience, t.stop()))
                .apply(gateway.config);
    }

    /// Every call of `large` gets a reply without an end; all others are answered at once.
    private void answerWithoutEnd() {
        String part = "x".repeat(16_384);
        gateway.way.will((call, back) -> {
            if (!call.request().method().equals("large")) {
                back.accept(gateway.way.named(call));
                return;
            }
            Answer answer = gateway.way.streaming("0123", -1);
            StubRest rest = gateway.way.rests.getLast();
            rest.onResume = () -> goOn(call, rest, part);
            back.accept(answer);
        });
    }

    /// A part in each turn of the loop, as from a node.
    private static void goOn(Call call, StubRest rest, String part) {
        call.loop().execute(() -> {
            if (rest.paused || rest.aborted) return;
            rest.part(part);
            goOn(call, rest, part);
        });
    }
}
