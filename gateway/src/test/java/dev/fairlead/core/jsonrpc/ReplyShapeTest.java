package dev.fairlead.core.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.ReplyShape.Kind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyShapeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[]} | true | 1 | RESULT | [] | false",
                " { \"result\" : null , \"id\" : \"a\" } | false | \"a\" | RESULT | null | false",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1}} | true | 1 | ERROR | {\"code\":1} | false",
                "{\"id\":1,\"result\":5,\"error\":null} | false | 1 | RESULT | 5 | true",
                "{\"id\":1,\"result\":null,\"error\":{}} | false | 1 | ERROR | {} | true",
                "{\"id\":1,\"result\":5,\"error\":{}} | false | 1 | ERROR | {} | true",
                "{\"jsonrpc\":2.0,\"id\":1,\"res\\u0075lt\":5} | false | 1 | RESULT | 5 | false",
                "{\"a\":{\"id\":2,\"result\":3},\"id\":1,\"result\":5} | false | 1 | RESULT | 5 | false",
            })
    void membersOfTheOutermostObjectAreFound(
            String reply, boolean versioned, String id, Kind kind, String value, boolean beside) {
        ReplyShape shape = Objects.requireNonNull(read(reply));

        assertThat(shape.versioned()).isEqualTo(versioned);
        assertThat(shape.id().text()).isEqualTo(id);
        assertThat(shape.kind()).isEqualTo(kind);
        assertThat(reply.substring(shape.valueFrom(), shape.valueTo())).isEqualTo(value);
        assertThat(shape.beside()).isEqualTo(beside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":1}", "{\"error\":null}"})
    void withoutResultAndErrorThereIsNeither(String reply) {
        assertThat(read(reply)).isNotNull().extracting(ReplyShape::kind).isEqualTo(Kind.NEITHER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "{",
                "{\"id\":1",
                "{\"id\":1,}",
                "{\"id\":1}}",
                "{\"id\":1} x",
                "{\"id\" 1}",
                "{id:1}",
                "{\"id\":1,\"id\":1}",
                "{\"result\":1,\"result\":1}",
                "{\"error\":{},\"error\":{}}",
                "{\"result\":[1,]}"
            })
    void whatIsNoReplyIsNull(String text) {
        assertThat(read(text)).isNull();
    }

    @Test
    void aBeginningShowsTheSameAtEveryLengthOnceTheValueBegins() {
        String reply = "{\"jsonrpc\":\"2.0\",\"error\":null,\"id\":\"x\",\"result\":{\"a\":[1,2]}}";
        int value = reply.indexOf("{\"a\"");
        for (int length = 0; length <= reply.length(); length++) {
            ReplyShape shape = Objects.requireNonNull(ReplyScan.ofBeginning(reply.getBytes(UTF_8), 0, length));

            if (length <= value) {
                assertThat(shape.kind()).isEqualTo(Kind.NEITHER);
            } else {
                assertThat(shape).isEqualTo(new ReplyShape(true, Slice.of("\"x\""), Kind.RESULT, value, -1, true));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[1", "{\"id\":x", "{\"id\":1]", "{\"id\":1,\"id\":2,\"result\":1"})
    void whatCannotBeginAReplyIsNull(String text) {
        assertThat(ReplyScan.ofBeginning(text.getBytes(UTF_8), 0, text.length()))
                .isNull();
    }

    private static @Nullable ReplyShape read(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return ReplyScan.of(bytes, 0, bytes.length);
    }
}
