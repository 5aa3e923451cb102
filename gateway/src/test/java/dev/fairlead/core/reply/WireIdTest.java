package dev.fairlead.core.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireIdTest {
    private static final WireId ID = WireId.of(1_234_567_890, Slice.of("\"mine\""));

    @Test
    void itIsTheNumberThatWasSent() {
        assertThat(ID.is(Slice.of("1234567890"))).isTrue();
        assertThat(ID.clients()).isEqualTo(Slice.of("\"mine\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1234567891",
                "2234567890",
                "123456789",
                "12345678900",
                "\"1234567890\"",
                "1234567890.0",
                "-123456789",
                "null",
                "[12345678]"
            })
    void nothingElseIs(String id) {
        assertThat(ID.is(Slice.of(id))).isFalse();
    }

    @Test
    void aNotificationGetsNull() {
        assertThat(WireId.of(1_000_000_000, Slice.NONE).clients()).isEqualTo(Slice.NULL);
    }
}
