package dev.fairlead.core.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.upstream.Outcome.Answered;
import dev.fairlead.core.upstream.Rig.Got;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Leaks.class)
class ReplyIdTest {
    private Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":7,\"result\":1} | 1",
                "{\"jsonrpc\":\"1.0\",\"id\":7,\"result\":1} | 1",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":[1, 2],\"error\":null} | [1, 2]",
                "{\"jsonrpc\":\"2.0\",\"error\":null,\"result\":null,\"id\":7} | null",
                "{\"result\":{\"id\":8,\"error\":{}},\"id\":7} | {\"id\":8,\"error\":{}}",
            })
    void repliesThatAreNotCanonicalAreRebuilt(String said, String value) throws Exception {
        try (var node = RawNode.saying(said)) {
            Got got = rig.ask(node.url());

            assertThat(got.text()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":" + value + "}");
            assertThat(got.value()).isEqualTo(value + "}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "0", "123456789012345", "-5", "\"a-b_C.9:x\"", "\"\""})
    void plainIdsTravelAsTheyAre(String id) throws Exception {
        try (var node = new RawNode(line -> line.reply("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":1}"))) {
            Got got = rig.ask(node.url(), id);

            assertThat(got.text()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":1}");
            assertThat(node.heard().getFirst().body()).startsWith("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e2", "-0", "1234567890123456", "\"a b\"", "\"\\u0041\"", "\"é\"", "null"})
    void otherIdsAreReplacedAndPutBack(String id) throws Exception {
        try (var node = new RawNode(line -> line.reply("{\"jsonrpc\":\"2.0\",\"result\":{\"id\":1},\"id\":1}"))) {
            Got got = rig.ask(node.url(), id);

            assertThat(new String(got.text().getBytes(ISO_8859_1), UTF_8))
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"id\":1}}");
            assertThat(node.heard().getFirst().body()).startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,");
        }
    }

    @Test
    void aNotificationIsSentAsACallAndItsReplyHasNoId() throws Exception {
        try (var node = RawNode.saying("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":true}")) {
            assertThat(rig.ask(node.url(), "").text()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":true}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"$\"} | true",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":7} | true",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":[{\"x\":\"$\",\"id\":7}]} | true",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"x\":\"$\",\"error\":null}} | true",
                "{\"result\":\"$\",\"id\":7,\"jsonrpc\":\"2.0\"} | false",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"$\",\"error\":null} | false",
                "{\"jsonrpc\":\"2.0\",\"error\":null,\"result\":\"$\" , \"id\" : 7 } | false",
            })
    void largeRepliesAreReadAtBothEnds(String shape, boolean asItIs) throws Exception {
        String said = shape.replace("$", "y".repeat(10_000));
        try (var node = RawNode.saying(said)) {
            Got got = rig.ask(node.url());

            assertThat(got.outcome()).isInstanceOf(Answered.class);
            if (asItIs) assertThat(got.text()).isEqualTo(said);
            else
                assertThat(got.text())
                        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"" + "y".repeat(10_000) + "\"}");
        }
    }
}
