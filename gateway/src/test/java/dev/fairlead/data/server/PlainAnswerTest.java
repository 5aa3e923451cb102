package dev.fairlead.data.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.call.Answer.Served;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A usual answer, whose head may be written where the node's head stood.
class PlainAnswerTest {
    private static final String BODY = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x1\"}";

    private final Gateway gateway = Gateway.start();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void itIsTheSameWhateverStoodBeforeIt() throws Exception {
        String expected = heard(body -> body, 0, BODY);
        for (int room = 1; room <= 300; room++)
            assertThat(heard(body -> body, room, BODY)).isEqualTo(expected);
    }

    @Test
    void itsLengthIsRightWhateverTheSize() throws Exception {
        for (int size : new int[] {9, 10, 99, 100, 999, 1000, 4096, 4097, 9999, 10_000, 65_536, 65_537}) {
            String body = "x".repeat(size);
            try (Wire wire = gateway.wire()) {
                answers(buffer -> buffer, 200, body);
                wire.say(Wire.post(Gateway.call(1, "a")));
                Wire.Response response = wire.hear();
                assertThat(response.headers()).containsEntry("content-length", Integer.toString(size));
                assertThat(response.body()).isEqualTo(body);
            }
        }
    }

    @Test
    void bytesThatSomebodyElseMayReadAreLeftAlone() throws Exception {
        String before = "h".repeat(200);
        ByteBuf[] kept = new ByteBuf[1];

        heard(
                body -> {
                    kept[0] = body.retainedDuplicate().readerIndex(0);
                    return body;
                },
                before.length(),
                BODY);
        assertThat(kept[0].toString(StandardCharsets.US_ASCII)).isEqualTo(before + BODY);
        kept[0].release();

        ByteBuf[] whole = new ByteBuf[1];
        heard(
                body -> {
                    whole[0] = body;
                    return body.retainedSlice(0, body.writerIndex()).readerIndex(before.length());
                },
                before.length(),
                BODY);
        assertThat(whole[0].toString(0, before.length(), StandardCharsets.US_ASCII))
                .isEqualTo(before);
        whole[0].release();
    }

    @Test
    void pipelinedAnswersStayInStep() throws Exception {
        answers(body -> body, 200, BODY);
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(Gateway.call(1, "a")).repeat(20));
            for (int i = 0; i < 20; i++) assertThat(wire.hear().body()).isEqualTo(BODY);
        }
    }

    private String heard(UnaryOperator<ByteBuf> last, int room, String body) throws Exception {
        answers(last, room, body);
        try (Wire wire = gateway.wire()) {
            wire.say(Wire.post(Gateway.call(1, "a")));
            Wire.Response response = wire.hear();
            return response.headers() + response.body();
        }
    }

    private void answers(UnaryOperator<ByteBuf> last, int room, String body) {
        gateway.way.will((call, back) -> {
            ByteBuf buffer = gateway.way.buffer("h".repeat(room) + body).skipBytes(room);
            call.loop().execute(() -> back.accept(new Served(new Reply(last.apply(buffer), 0, null, -1, null))));
        });
    }
}
