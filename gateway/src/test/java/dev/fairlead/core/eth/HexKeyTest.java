package dev.fairlead.core.eth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HexKeyTest {
    private static final String HASH = "0x" + "0aBc".repeat(16);

    @Test
    void aHashHasOneKeyHoweverItIsWritten() {
        long key = HexKey.ofHash(HASH);

        assertThat(key).isNotEqualTo(HexKey.NONE);
        assertThat(HexKey.ofHash(Slice.of('"' + HASH.toLowerCase(java.util.Locale.ROOT) + '"')))
                .isEqualTo(key);
        assertThat(HexKey.ofHash(("  \"" + HASH + '"').getBytes(java.nio.charset.StandardCharsets.UTF_8), 2))
                .isEqualTo(key);
    }

    @Test
    void everyDigitCounts() {
        assertThat(HexKey.ofHash(HASH.substring(0, 65) + "d")).isNotEqualTo(HexKey.ofHash(HASH));
        assertThat(HexKey.ofHash("0x" + "0".repeat(64))).isNotEqualTo(HexKey.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "\"0x12\"", "{\"a\":1}", "[]"})
    void whatIsNoHashHasNoKey(String json) {
        assertThat(HexKey.ofHash(Slice.of(json))).isEqualTo(HexKey.NONE);
        assertThat(HexKey.ofAddress(Slice.of(json))).isEqualTo(HexKey.NONE);
    }

    @Test
    void anAddressHasAKey() {
        assertThat(HexKey.ofAddress(Slice.of("\"0x" + "a1".repeat(20) + '"'))).isNotEqualTo(HexKey.NONE);
    }
}
