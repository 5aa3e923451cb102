package dev.fairlead.core.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTailTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "xyz\"} | xyz\" | `` | false",
                "xyz\" , \"id\" : 1 } | xyz\" | 1 | false",
                "xyz\",\"id\":\"a:b\",\"jsonrpc\":\"2.0\"} | xyz\" | \"a:b\" | false",
                "xyz],\"error\":null} | xyz] | `` | true",
                "xyz],\"error\":null,\"id\":1} | xyz] | 1 | true",
                "xyz],\"id\":1,\"error\":null} | xyz] | 1 | true",
                "x,\"id\":1}} | x,\"id\":1} | `` | false",
                "x,\\\"id\\\":1\"} | x,\\\"id\\\":1\" | `` | false",
                "x,\"other\":1} | x,\"other\":1 | `` | false",
                "x,\"error\":1} | x,\"error\":1 | `` | false",
                "x\"id\":1} | x\"id\":1 | `` | false",
                "} | `` | `` | false",
            })
    void membersBehindTheValueAreTakenOff(String end, String value, String id, boolean beside) {
        ReplyTail tail = read(end);

        assertThat(end.substring(0, tail.valueTo())).isEqualTo(value);
        assertThat(tail.id().text()).isEqualTo(id);
        assertThat(tail.beside()).isEqualTo(beside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "\"id\":1", "}]", "}x"})
    void withoutAClosingBraceThereIsNoEnd(String end) {
        assertThat(read(end).valueTo()).isEqualTo(-1);
    }

    private static ReplyTail read(String end) {
        byte[] bytes = end.getBytes(UTF_8);
        return ReplyTail.of(bytes, 0, bytes.length);
    }
}
