package dev.fairlead.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedKeysTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Unmatched argument at index 4: 'fl_utSw9k6uGUsuwTn3SgC8GiH1EGN3tVweRXNrIvaE' | Unmatched argument at index 4: '***'
            --key=9aa3d95b3bc440fa88ea12eaa4456161 | --key=***
            there is no tenant aB3-dEfGhIjKlMnOpQ_5 | there is no tenant ***
            there is no tenant arbitrum-team-2024x | there is no tenant arbitrum-team-2024x
            Unknown option: '--no-such-option-here' | Unknown option: '--no-such-option-here'
            0x00000000219ab540356cbb839cbe05303d7705fa | 0x00000000219ab540356cbb839cbe05303d7705fa
            """)
    void whatMayBeAKeyIsNotRepeated(String text, String shown) {
        assertThat(MaskedKeys.in(text)).isEqualTo(shown);
    }
}
