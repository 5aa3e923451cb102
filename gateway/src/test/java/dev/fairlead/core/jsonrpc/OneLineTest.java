package dev.fairlead.core.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void theWordsOfOthersStayOnOneLineAndGiveNoOrdersToATerminal() {
        assertThat(OneLine.of("busy\n2026-01-01 ERROR all is lost\r\u001b[2J\u009b1m\u2028\u202etxt"))
                .isEqualTo("busy 2026-01-01 ERROR all is lost  [2J 1m  txt");
    }

    @Test
    void theyAreNotTooLong() {
        assertThat(OneLine.of("é".repeat(1000))).hasSize(201).endsWith("é…");
        assertThat(OneLine.of("as it is")).isEqualTo("as it is");
    }
}
