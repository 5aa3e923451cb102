package dev.fairlead.core.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScanTest {
    private static final int DEPTH = 8;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "1.0",
                "10",
                "1e400",
                "1E+2",
                "1e-2",
                "123456789012345678901234567890",
                "true",
                "false",
                "null",
                "\"\"",
                "\"a\"",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uD834\\udd1e\"",
                "\"\\ud800\"",
                "\"\u007f é € 😀\"",
                "\"exactly eight, twice.\"",
                "[]",
                "[ ]",
                "[1,2]",
                "[ 1 , [ \"x\" ] ]",
                "{}",
                "{ }",
                "{\"\":1}",
                "{\"a\":1,\"a\":2}",
                "{ \"a\" : { \"b\" : [ null ] } , \"c\" : \"d\" }",
            })
    void legalJsonIsSkippedToItsEnd(String json) {
        byte[] bytes = (json + ",").getBytes(UTF_8);

        assertThat(JsonScan.skipValue(bytes, 0, bytes.length, DEPTH)).isEqualTo(bytes.length - 1);
        assertThat(JsonScan.skipValue(bytes, 0, bytes.length - 1, DEPTH)).isEqualTo(bytes.length - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1",
                "+1",
                ".5",
                "-",
                "-a",
                "1.",
                "1.e2",
                "1e",
                "1e+",
                "tru",
                "True",
                "nul",
                "NaN",
                "Infinity",
                "'a'",
                "\"",
                "\"a",
                "\"\\\"",
                "\"\\",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12G4\"",
                "\"\\U1234\"",
                "\"tab\there\"",
                "\"nul\u0000here, and more of it\"",
                "\"line\nbreak\"",
                "[",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1}",
                "{",
                "{,}",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{\"a\":}",
                "{a:1}",
                "{1:1}",
                "{\"a\":1]",
                "/* */1",
                "}",
                "]",
                ":",
            })
    void anythingElseIsRefused(String json) {
        byte[] bytes = json.getBytes(UTF_8);

        int end = JsonScan.skipValue(bytes, 0, bytes.length, DEPTH);

        assertThat(end).isNegative().isNotEqualTo(JsonScan.TOO_DEEP);
        assertThat(JsonScan.faultAt(end)).isBetween(0, bytes.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c080",
                "c1bf",
                "c2",
                "c220",
                "e08080",
                "e09fbf",
                "eda080",
                "edbfbf",
                "e282",
                "f0808080",
                "f08fbfbf",
                "f4908080",
                "f5808080",
                "ff",
                "fe",
                "f09f98"
            })
    void illFormedUtf8IsRefused(String hex) {
        byte[] bytes = HexFormat.of().parseHex("2261" + hex + "22");

        assertThat(JsonScan.skipValue(bytes, 0, bytes.length, DEPTH)).isNegative();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "efbfbf", "f0908080", "f48fbfbf"})
    void theFirstAndLastCharacterOfEveryLengthPass(String hex) {
        byte[] bytes = HexFormat.of().parseHex("22" + hex + "22");

        assertThat(JsonScan.skipValue(bytes, 0, bytes.length, DEPTH)).isEqualTo(bytes.length);
    }

    @Test
    void specialBytesAreFoundAtEveryPlaceOfALongString() {
        for (int length = 0; length < 40; length++) {
            for (int place = 0; place < length; place++) {
                byte[] bytes = ("\"" + "x".repeat(length) + "\"").getBytes(UTF_8);
                assertThat(JsonScan.skipString(bytes, 0, bytes.length)).isEqualTo(length + 2);

                bytes[1 + place] = 0x1f;
                assertThat(JsonScan.skipString(bytes, 0, bytes.length)).isEqualTo(~(1 + place));

                bytes[1 + place] = (byte) 0x80;
                assertThat(JsonScan.skipString(bytes, 0, bytes.length)).isEqualTo(~(1 + place));

                bytes[1 + place] = '"';
                assertThat(JsonScan.skipString(bytes, 0, bytes.length)).isEqualTo(place + 2);
            }
        }
    }

    @Test
    void theFaultIsTheOffendingByte() {
        byte[] bytes = "[1,2,x]".getBytes(UTF_8);

        assertThat(JsonScan.faultAt(JsonScan.skipValue(bytes, 0, bytes.length, DEPTH)))
                .isEqualTo(5);
    }

    @Test
    void nestingUpToTheBoundPassesAndOneMoreIsTooDeep() {
        assertThat(skipNested(DEPTH, DEPTH)).isPositive();
        assertThat(skipNested(DEPTH + 1, DEPTH)).isEqualTo(JsonScan.TOO_DEEP);
        assertThat(skipNested(1, 0)).isEqualTo(JsonScan.TOO_DEEP);
    }

    @Test
    void noBoundIsBeyondTheScannersOwn() {
        assertThat(skipNested(JsonScan.DEEPEST, Integer.MAX_VALUE)).isPositive();
        assertThat(skipNested(JsonScan.DEEPEST + 1, Integer.MAX_VALUE)).isEqualTo(JsonScan.TOO_DEEP);
        assertThat(skipNested(1_000_000, Integer.MAX_VALUE)).isEqualTo(JsonScan.TOO_DEEP);
    }

    private static int skipNested(int levels, int bound) {
        byte[] bytes = ("[{\"a\":".repeat(levels / 2)
                        + "[".repeat(levels % 2)
                        + "]".repeat(levels % 2)
                        + (levels % 2 == 0 ? "0" : "")
                        + "}]".repeat(levels / 2))
                .getBytes(UTF_8);
        return JsonScan.skipValue(bytes, 0, bytes.length, bound);
    }
}
