package dev.fairlead.core.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 99, 100, 1_000_000, 999_999_999, 1_000_000_000, Integer.MAX_VALUE})
    void aNumberStandsThereInItsDigitsAndNothingElseIsTouched(int number) {
        byte[] bytes = "............".getBytes(StandardCharsets.US_ASCII);

        int end = Digits.put(bytes, 1, number);

        String text = new String(bytes, StandardCharsets.US_ASCII);
        assertThat(text.substring(1, end)).isEqualTo(Integer.toString(number));
        assertThat(text.replace(".", "")).isEqualTo(Integer.toString(number));
    }
}
