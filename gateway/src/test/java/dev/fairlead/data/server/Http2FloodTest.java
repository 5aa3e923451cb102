package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.data.server.Http2Wire.Frame;
import dev.fairlead.support.Await;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients of HTTP/2 that leave much unread, and ask for many small answers meanwhile, which no flow control bounds.
class Http2FloodTest {
    private static final int MUCH = 1 << 30;
    private static final int LARGE = 8 * 1024 * 1024;
    private static final int TIMES = 30_000;

    private final Gateway gateway = Gateway.start();

    @AfterEach
    void stop() {
        gateway.close();
    }

    enum Ask {
        PING {
            @Override
            void say(Http2Wire wire, int number) throws IOException {
                wire.say(Http2Wire.PING, 0, 0, new byte[8]);
            }

            @Override
            boolean isAnswer(Frame frame) {
                return frame.type() == Http2Wire.PING;
            }
        },
        SETTINGS {
            @Override
            void say(Http2Wire wire, int number) throws IOException {
                wire.say(Http2Wire.SETTINGS, 0, 0);
            }

            @Override
            boolean isAnswer(Frame frame) {
                return frame.type() == Http2Wire.SETTINGS && frame.flags() == Http2Wire.ACK;
            }
        },
        /// Whose answer is a head alone: a GET of something that is not there has a body, one by HEAD has none.
        HEAD {
            @Override
            void say(Http2Wire wire, int number) throws IOException {
                byte[] head = {2, 4, 'H', 'E', 'A', 'D', (byte) 0x86, (byte) 0x84, 0x41, 1, 'x'};
                wire.say(Http2Wire.HEADERS, Http2Wire.END_STREAM | Http2Wire.END_HEADERS, 2 * number + 3, head);
            }

            @Override
            boolean isAnswer(Frame frame) {
                return frame.stream() > 1 && frame.type() == Http2Wire.HEADERS;
            }
        };

        abstract void say(Http2Wire wire, int number) throws IOException;

        abstract boolean isAnswer(Frame frame);
    }

    @ParameterizedTest
    @EnumSource
    void allIsAnsweredOnceTheClientReads(Ask ask) throws Exception {
        largeReplies();
        try (var wire = new Http2Wire(gateway.port(), 4096, MUCH)) {
            fill(wire);
            AtomicInteger said = flood(wire, ask);
            Await.until("much was said", () -> said.get() > TIMES / 2);

            int answers = 0;
            long taken = 0;
            while (answers < TIMES || taken < LARGE) {
                Frame frame = wire.hear();
                if (frame.type() == Http2Wire.DATA && frame.stream() == 1) taken += frame.payload().length;
                if (ask.isAnswer(frame)) answers++;
            }
        }
        Await.until("nothing is counted any more", () -> gateway.budgets.heap().used() < LARGE / 8);
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatTakesNothingIsEnded(Ask ask) throws Exception {
        gateway.config = Gateway.timeouts(t ->
                        new ServerConfig.Timeouts(t.header(), t.body(), t.idle(), t.call(), Gateway.SHORT, t.stop()))
                .apply(gateway.config);
        largeReplies();
        try (var wire = new Http2Wire(gateway.port(), 4096, MUCH)) {
            fill(wire);
            flood(wire, ask);

            Await.until("it is gone", () -> gateway.server.connections() == 0);
        }
    }

    @Test
    void aLargeBodyComesWholeInHoweverManyPieces() throws Exception {
        try (var wire = new Http2Wire(gateway.port(), 1 << 20, MUCH)) {
            wire.post(1, " ".repeat(10_000) + Gateway.call(1, "a"));

            assertThat(new String(wire.hear(1).payload(), java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo(Gateway.result(1, "a"));
        }
    }

    private void largeReplies() {
        String large = "\"" + "x".repeat(LARGE) + "\"";
        gateway.way.will((call, back) -> back.accept(gateway.way.result(call, large)));
    }

    private static void fill(Http2Wire wire) throws IOException {
        wire.credit(0, MUCH);
        wire.post(1, Gateway.call(1, "large"));
    }

    /// @return how many were said until now
    private static AtomicInteger flood(Http2Wire wire, Ask ask) {
        var said = new AtomicInteger();
        Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < TIMES; i++) {
                    ask.say(wire, i);
                    said.incrementAndGet();
                }
            } catch (IOException closed) {
                said.addAndGet(TIMES); // which the gateway may do
            }
        });
        return said;
    }
}
