package dev.fairlead.core.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.ReplyShape;
import dev.fairlead.core.jsonrpc.ReplyShape.Kind;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.upstream.Reading.Nonsense;
import dev.fairlead.core.upstream.Reading.Spoken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reading a large reply at both ends must say the same as reading every byte of it.
class ReadingTest {
    private static final WireId ID = WireId.of(Slice.of("7"));
    private static final List<String> VALUES = List.of(
            "\"%s\"",
            "[\"%s\"]",
            "{\"a\":\"%s\",\"id\":7}",
            "{\"id\":8,\"x\":\"%s\",\"error\":null}",
            "{\"jsonrpc\":\"2.0\",\"result\":\"%s\",\"id\":9}",
            "[{\"id\":\"%s,\\\"id\\\":9}\"}]",
            "\"%s,\\\"id\\\":9}\"");

    static List<String> replies() {
        var random = new Random(7);
        List<String> replies = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            List<String> members = new ArrayList<>();
            if (random.nextInt(8) > 0) members.add(pick(random, "\"jsonrpc\":\"2.0\"", "\"jsonrpc\" : \"2.0\""));
            if (random.nextInt(8) > 0)
                members.add(pick(random, "\"id\":7", "\"id\":7", "\"id\": 7 ", "\"id\":8", "\"id\":\"7\""));
            if (random.nextInt(3) == 0) members.add("\"error\":null");
            members.add(
                    "\"result\":" + VALUES.get(random.nextInt(VALUES.size())).formatted("v".repeat(5000)));
            Collections.shuffle(members, random);
            replies.add(pick(random, "", " ") + "{" + String.join(pick(random, ",", " , "), members)
                    + pick(random, "}", " }\n"));
        }
        return replies;
    }

    @ParameterizedTest(name = "reply {index}")
    @MethodSource("replies")
    void bothEndsSayTheSameAsTheWhole(String reply) {
        ByteBuf body = Unpooled.wrappedBuffer(reply.getBytes(UTF_8));
        ReplyShape shape = Objects.requireNonNull(ReplyShape.of(reply.getBytes(UTF_8), 0, reply.length()));

        Reading reading = Reading.whole(body, ID, new byte[Reading.READ_WHOLE]);

        if (!shape.id().equals(Slice.of("7"))) {
            assertThat(reading).isInstanceOf(Nonsense.class);
            return;
        }
        assertThat(reading).isInstanceOf(Spoken.class);
        Spoken spoken = (Spoken) reading;
        assertThat(spoken.kind()).isEqualTo(Kind.RESULT);
        assertThat(reply.substring(spoken.from(), spoken.to()))
                .isEqualTo(reply.substring(shape.valueFrom(), shape.valueTo()));
        if (spoken.asItIs()) assertThat(shape.versioned() && !shape.beside()).isTrue();
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
