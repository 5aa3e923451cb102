package dev.fairlead.core.reply;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.reply.Outcome.Answered;
import dev.fairlead.core.upstream.Leaks;
import dev.fairlead.core.upstream.RawNode;
import dev.fairlead.core.upstream.Rig;
import dev.fairlead.core.upstream.Rig.Got;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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
                "{\"id\":7777777777,\"result\":1} | 1",
                "{\"jsonrpc\":\"1.0\",\"id\":7777777777,\"result\":1} | 1",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[1, 2],\"error\":null} | [1, 2]",
                "{\"jsonrpc\":\"2.0\",\"error\":null,\"result\":null,\"id\":7777777777} | null",
                "{\"result\":{\"id\":8,\"error\":{}},\"id\":7777777777} | {\"id\":8,\"error\":{}}",
            })
    void repliesThatAreNotCanonicalAreRebuilt(String said, String value) throws Exception {
        try (var node = RawNode.saying(said)) {
            Got got = rig.ask(node.url());

            assertThat(got.text()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":" + value + "}");
            assertThat(got.value()).isEqualTo(value + "}");
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void everyIdComesBackAsItWasWhereverTheNodePutsItsOwn(String id) throws Exception {
        List<String> shapes = List.of(
                "{\"jsonrpc\":\"2.0\",\"id\":$,\"result\":\"%s\"}",
                "{\"jsonrpc\":\"2.0\",\"result\":\"%s\",\"id\":$}",
                " { \"id\" : $ , \"jsonrpc\" : \"2.0\", \"result\" : [1, \"%s\"]}\n",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"id\":8,\"x\":\"%s\"}, \"id\" :\t$ }",
                "{\"jsonrpc\":\"2.0\",\"id\":$,\"error\":{\"code\":3,\"message\":\"execution reverted\",\"data\":\"%s\"}}",
                "{\"error\":{\"code\":3,\"message\":\"execution reverted\",\"data\":\"%s\"},\"id\":$,\"jsonrpc\":\"2.0\"}");
        for (String shape : shapes) {
            for (int size : new int[] {10, 300, 5000, 200_000}) {
                String said = shape.formatted("v".repeat(size));
                try (var node = RawNode.saying(said.replace("$", RawNode.ID))) {
                    for (int i = 0; i < 2; i++) {
                        Got got = rig.ask(node.url(), id);

                        assertThat(new String(got.text().getBytes(ISO_8859_1), UTF_8))
                                .isIn(said.replace("$", id), rebuilt(said, id));
                        assertThat(got.value()).startsWith(value(said));
                        assertThat(got.length()).isEqualTo(got.text().length());
                    }
                    assertThat(node.accepted()).isEqualTo(1);
                }
            }
        }
    }

    static List<String> ids() {
        return List.of(
                "7",
                "0",
                "-5",
                "1234567890",
                "7777777777",
                "123456789012345",
                "1.0",
                "1e2",
                "-0",
                "null",
                "\"\"",
                "\"a b\"",
                "\"\\u0041\"",
                "\"é\"",
                "\"6f9619ff-8b86-d011-b42d-00cf4fc964ff\"",
                '"' + "x".repeat(3000) + '"',
                "12345678901234567890123456789.5e-7");
    }

    /// With an envelope of our own, where an id behind the value is longer than the node's.
    private static String rebuilt(String said, String id) {
        String name = said.contains("\"error\"") ? "error" : "result";
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"" + name + "\":" + value(said) + "}";
    }

    private static String value(String said) {
        int name = Math.max(said.indexOf("\"error\""), said.indexOf("\"result\""));
        String behind = said.substring(said.indexOf(':', name) + 1).strip();
        int end = behind.lastIndexOf("v") + 1;
        while ("\"]}".indexOf(behind.charAt(end)) >= 0 && balance(behind.substring(0, end)) != 0) end++;
        return behind.substring(0, end);
    }

    /// Brackets that are open, and an open quote.
    private static long balance(String json) {
        long open = json.chars().filter(c -> c == '{' || c == '[').count();
        long closed = json.chars().filter(c -> c == '}' || c == ']').count();
        return open - closed + json.chars().filter(c -> c == '"').count() % 2;
    }

    @Test
    void noTwoCallsTravelUnderTheSameId() throws Exception {
        try (var node = RawNode.saying("{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":1}")) {
            for (int i = 0; i < 5; i++) rig.ask(node.url(), "1");

            assertThat(node.accepted()).isEqualTo(1);
            assertThat(node.heard().stream().map(RawNode.Heard::id).distinct()).hasSize(5);
        }
    }

    @Test
    void aNotificationIsSentAsACallAndItsReplyHasNoId() throws Exception {
        try (var node = RawNode.saying("{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":true}")) {
            assertThat(rig.ask(node.url(), "").text()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":true}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\"} | true",
                "{\"jsonrpc\":\"2.0\",\"result\":\"$\",\"id\":7777777777} | true",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":[{\"x\":\"$\",\"id\":9}]} | true",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":{\"x\":\"$\",\"error\":null}} | true",
                "{\"result\":\"$\",\"id\":7777777777,\"jsonrpc\":\"2.0\"} | true",
                "{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"$\",\"error\":null} | false",
                "{\"jsonrpc\":\"2.0\",\"error\":null,\"result\":\"$\" , \"id\" : 7777777777 } | false",
            })
    void largeRepliesThatAreNotCanonicalAreRebuiltToo(String shape, boolean asItIs) throws Exception {
        String said = shape.replace("$", "y".repeat(10_000));
        try (var node = RawNode.saying(said)) {
            Got got = rig.ask(node.url());

            assertThat(got.outcome()).isInstanceOf(Answered.class);
            if (asItIs) assertThat(got.text()).isEqualTo(said);
            else
                assertThat(got.text())
                        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7777777777,\"result\":\"" + "y".repeat(10_000) + "\"}");
        }
    }
}
