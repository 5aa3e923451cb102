package dev.fairlead.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallRatesTest {
    @ParameterizedTest
    @CsvSource({
        "30/m, 30/m",
        "30/1m, 30/m",
        "30/60s, 30/m",
        "30/120s, 30/2m",
        "2000/5m, 2000/5m",
        "30/90s, 30/90s",
        "30/s, 30/s",
        "9/100ms, 9/100ms",
        "9/60000ms, 9/m",
        "9/60m, 9/h",
        "9/24h, 9/d"
    })
    void aRateIsShownInTheLargestUnitThatFits(String written, String shown) {
        assertThat(CallRates.show(CallRates.read(written).orElseThrow())).isEqualTo(shown);
    }
}
