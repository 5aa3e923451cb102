package dev.fairlead.core.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Generator;
import dev.fairlead.support.Property;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The scanner against Jackson, behind a strict UTF-8 decoder: Jackson itself lets some overlong forms pass.
class JsonScanFuzzTest {
    @Test
    void legalJsonIsSkippedWhole() {
        Property.holds(3000, any -> legalJsonIsSkippedWhole(Jsons.value(any)));
    }

    private void legalJsonIsSkippedWhole(String json) {
        byte[] bytes = json.getBytes(UTF_8);

        assertThat(JsonScan.skipValue(bytes, 0, bytes.length, 16)).isEqualTo(bytes.length);
    }

    @Test
    void agreesWithJacksonOnDamagedJson() {
        Property.holds(20_000, any -> agreesWithJacksonOnDamagedJson(Jsons.damaged(any, Jsons.value(any))));
    }

    private void agreesWithJacksonOnDamagedJson(byte[] json) {
        assertThat(scannerAccepts(json)).as(HexFormat.of().formatHex(json)).isEqualTo(Jsons.jacksonAccepts(json));
    }

    @Test
    void agreesWithJacksonOnShortNoise() {
        Property.holds(5000, any -> agreesWithJacksonOnShortNoise(noise(any)));
    }

    private void agreesWithJacksonOnShortNoise(String json) {
        assertThat(scannerAccepts(json.getBytes(UTF_8))).isEqualTo(Jsons.jacksonAccepts(json.getBytes(UTF_8)));
    }

    @Test
    void everyPrefixOfAnArrayIsTooShort() {
        Property.holds(1000, any -> everyPrefixOfAnArrayIsTooShort(Jsons.array(any, 2)));
    }

    private void everyPrefixOfAnArrayIsTooShort(String json) {
        byte[] bytes = json.getBytes(UTF_8);

        for (int to = 0; to < bytes.length; to++) {
            assertThat(JsonScan.faultAt(JsonScan.skipValue(bytes, 0, to, 16))).isEqualTo(to);
        }
    }

    private static String noise(Generator any) {
        return any.text("[]{}:,\"\\u0123e.+-tfnrul a \n\u0001", 0, 8);
    }

    private static boolean scannerAccepts(byte[] json) {
        int at = JsonScan.skipSpace(json, 0, json.length);
        int end = JsonScan.skipValue(json, at, json.length, JsonScan.DEEPEST);
        return end >= 0 && JsonScan.skipSpace(json, end, json.length) == json.length;
    }
}
