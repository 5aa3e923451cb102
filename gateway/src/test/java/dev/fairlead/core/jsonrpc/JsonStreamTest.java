package dev.fairlead.core.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same verdict as [JsonScan], wherever the text is cut into pieces.
class JsonStreamTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "[ ]",
                "{ }",
                " [ [ ] , { } ] ",
                "0",
                "-0",
                "10",
                "1.5",
                "-1.5e+10 ",
                "1E9",
                "2e-3",
                "null",
                "true",
                " false ",
                "\"\"",
                "\"a\\n\\u00e9\\\"\\\\\\/\"",
                "\"é€😀\"",
                "{\"a\":1,\"b\":[1,2,{\"c\":null}],\"d\":\"x\"}",
                "[0,-1,10,1.5,\"x\",true,false,null,[],{},[[]],[{}],{\"a\":[]}]",
                "{\"a\" : 1 , \"b\" : [ 1 , \"x\" ] , \"c\" : { \"d\" : true } }",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[{\"a\":\"0x1\",\"b\":12,\"c\":true,\"d\":[\"x\",\"y\"]},{\"e\":{}}]}\r\n"
            })
    void legalTextsAreWholeHoweverTheyAreCut(String text) {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);

        for (int piece = 1; piece <= json.length; piece++)
            assertThat(isLegal(json, piece)).as("pieces of %d", piece).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{1:2}",
                "{\"a\":1]",
                "[1}",
                "]",
                "}",
                "[]]",
                "{}{}",
                "{} x",
                "[[]",
                "{\"a\":[}",
                "{\"a\":{]}",
                "01",
                "[01]",
                "-",
                "[-]",
                "1.",
                "[1.]",
                "[1.e5]",
                "1e",
                "[1e]",
                "[1e+]",
                "[.5]",
                "[+1]",
                "tru",
                "[tru]",
                "[truee]",
                "nulL",
                "[nul,1]",
                "\"a",
                "\"a\\",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u12\"",
                "\"\n\"",
                "\"a\u0000b\"",
                "[\"a\tb\"]",
                "{\"a\nb\":1}",
                "[\"a\"\"b\"]",
                "[\"a\":1]",
                "{\"a\":1 \"b\":2}",
                "{\"a\" 1}",
                "{\"a\":\"b\":\"c\"}",
                "'a'",
                "[1,2",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[\"00\"}",
                "{\"a\":[1,2,{\"b\":\"c\"]}",
                "[{\"a\":1}}"
            })
    void brokenTextsAreNotHoweverTheyAreCut(String text) {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);

        for (int piece = 1; piece <= Math.max(1, json.length); piece++)
            assertThat(isLegal(json, piece)).as("pieces of %d", piece).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 65, 1000, 20_000})
    void nestingIsHeldToTheSameBound(int piece) {
        String deepest = "[".repeat(JsonScan.DEEPEST) + "]".repeat(JsonScan.DEEPEST);
        String mixed = "{\"a\":[".repeat(4000) + "]}".repeat(4000);

        assertThat(isLegal(bytes(deepest), piece)).isTrue();
        assertThat(isLegal(bytes(mixed), piece)).isTrue();
        assertThat(isLegal(bytes(mixed.substring(0, mixed.length() - 2) + "}]"), piece))
                .isFalse();
        assertThat(isLegal(bytes("[" + deepest + "]"), piece)).isFalse();
    }

    @Test
    void itAgreesWithTheScanOfAWholeTextWhateverIsDamaged() {
        var random = new Random(3);
        byte[] whole = bytes(
                "{\"jsonrpc\":\"2.0\",\"id\":10,\"result\":[{\"a\":\"0x00é\\n\",\"b\":[1,-2.5e3,0],\"c\":{\"d\":null}},"
                        + "true,[],{},\"" + "0".repeat(70) + "\"]} ");
        byte[] odd = bytes("{}[]\",:\\0e-. \ntnfé\u0001");
        for (int i = 0; i < 60_000; i++) {
            byte[] json = whole.clone();
            for (int damages = random.nextInt(3); damages >= 0; damages--)
                json[random.nextInt(json.length)] = odd[random.nextInt(odd.length)];
            int piece = 1 + random.nextInt(json.length);

            assertThat(isLegal(json, piece))
                    .as(new String(json, StandardCharsets.UTF_8))
                    .isEqualTo(isLegal(json));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12",
                "-1.5e3",
                "\"a\\\"}\"",
                "null",
                "[]",
                "[[\"a\",{\"b\":[1]}],2]",
                "{\"a\":{\"b\":\"}\"}}",
                "[\"a\"]"
            })
    void theEndOfAValueIsFoundHoweverTheTextIsCut(String value) {
        for (String behind : new String[] {",\"id\":1}", " }", "}"}) {
            byte[] json = bytes(value + behind);
            for (int piece = 1; piece <= json.length; piece++) {
                var stream = new JsonStream();
                int at = 0;
                for (int to = 0; at == to && to < json.length; at = stream.value(json, at, to))
                    to = Math.min(json.length, to + piece);

                assertThat(at).as("pieces of %d", piece).isEqualTo(value.length());
            }
        }
    }

    @Test
    void whatIsBrokenStaysBroken() {
        var stream = new JsonStream();

        assertThat(stream.read(bytes("[}"), 0, 2)).isFalse();
        assertThat(stream.read(bytes("[]"), 0, 2)).isFalse();
        assertThat(stream.isWhole()).isFalse();
    }

    private static boolean isLegal(byte[] json, int piece) {
        var stream = new JsonStream();
        boolean legal = true;
        for (int at = 0; at < json.length; at += piece) {
            byte[] next = new byte[Math.min(piece, json.length - at)];
            System.arraycopy(json, at, next, 0, next.length);
            legal &= stream.read(next, 0, next.length);
        }
        return legal && stream.isWhole();
    }

    private static boolean isLegal(byte[] json) {
        int at = JsonScan.skipSpace(json, 0, json.length);
        int end = JsonScan.skipValue(json, at, json.length, JsonScan.DEEPEST);
        return end >= 0 && JsonScan.skipSpace(json, end, json.length) == json.length;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
