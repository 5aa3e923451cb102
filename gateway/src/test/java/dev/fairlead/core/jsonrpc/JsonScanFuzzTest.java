package dev.fairlead.core.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// The scanner against Jackson, behind a strict UTF-8 decoder: Jackson itself lets some overlong forms pass.
class JsonScanFuzzTest {
    @Property(tries = 3000)
    void legalJsonIsSkippedWhole(@ForAll("values") String json) {
        byte[] bytes = json.getBytes(UTF_8);

        assertThat(JsonScan.skipValue(bytes, 0, bytes.length, 16)).isEqualTo(bytes.length);
    }

    @Property(tries = 20_000)
    void agreesWithJacksonOnDamagedJson(@ForAll("damaged") byte[] json) {
        assertThat(scannerAccepts(json)).as(HexFormat.of().formatHex(json)).isEqualTo(Jsons.jacksonAccepts(json));
    }

    @Property(tries = 5000)
    void agreesWithJacksonOnShortNoise(@ForAll("noise") String json) {
        assertThat(scannerAccepts(json.getBytes(UTF_8))).isEqualTo(Jsons.jacksonAccepts(json.getBytes(UTF_8)));
    }

    @Property
    void everyPrefixOfAnArrayIsTooShort(@ForAll("arrays") String json) {
        byte[] bytes = json.getBytes(UTF_8);

        for (int to = 0; to < bytes.length; to++) {
            assertThat(JsonScan.faultAt(JsonScan.skipValue(bytes, 0, to, 16))).isEqualTo(to);
        }
    }

    @Provide
    Arbitrary<String> values() {
        return Jsons.values();
    }

    @Provide
    Arbitrary<String> arrays() {
        return Jsons.arrays(2);
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        return Jsons.damaged(Jsons.values());
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.strings()
                .withChars("[]{}:,\"\\u0123e.+-tfnrul a \n\u0001")
                .ofMaxLength(8);
    }

    private static boolean scannerAccepts(byte[] json) {
        int at = JsonScan.skipSpace(json, 0, json.length);
        int end = JsonScan.skipValue(json, at, json.length, JsonScan.DEEPEST);
        return end >= 0 && JsonScan.skipSpace(json, end, json.length) == json.length;
    }
}
