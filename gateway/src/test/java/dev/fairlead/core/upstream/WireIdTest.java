package dev.fairlead.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "999999999999999", "-1", "-999999999999999", "\"\"", "\"a\"", "\"6f-9_b.c:D\""})
    void plainIdsTravelThemselves(String id) {
        assertThat(WireId.of(Slice.of(id)).sent()).isEqualTo(Slice.of(id));
        assertThat(WireId.of(Slice.of(id)).isClients()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1000000000000000",
                "1.5",
                "1e3",
                "-0",
                "-",
                "null",
                "\"a b\"",
                "\"\\n\"",
                "\"ü\"",
                "\"a/b\"",
                "[1]"
            })
    void allOthersStayHome(String id) {
        assertThat(WireId.of(Slice.of(id))).isEqualTo(new WireId(Slice.of("1"), Slice.of(id)));
        assertThat(WireId.of(Slice.of(id)).isClients()).isFalse();
    }

    @Test
    void textOf64CharactersIsPlainAndOf65IsNot() {
        assertThat(WireId.of(Slice.of('"' + "a".repeat(64) + '"')).isClients()).isTrue();
        assertThat(WireId.of(Slice.of('"' + "a".repeat(65) + '"')).isClients()).isFalse();
    }

    @Test
    void aNotificationHasNoIdToGiveBack() {
        assertThat(WireId.of(Slice.NONE)).isEqualTo(new WireId(Slice.of("1"), Slice.NULL));
    }
}
