package dev.fairlead.core.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | PT7S",
                " 0.5 | PT0.5S",
                "0 | PT0S",
                "-3 | PT0S",
                "NaN | PT0S",
                "Infinity | PT1H",
                "1e99 | PT1H",
                "86400 | PT1H",
                "Sun, 01 Mar 2026 12:00:09 GMT | PT9S",
                "Sun, 01 Mar 2026 11:00:00 GMT | PT0S",
                "Mon, 01 Mar 2027 11:00:00 GMT | PT1H",
                "soon | PT0S",
            })
    void theHeaderIsReadInBothForms(String header, Duration wait) {
        assertThat(RetryAfter.of(header, NOW)).isEqualTo(wait);
    }

    @Test
    void noHeaderAsksForNothing() {
        assertThat(RetryAfter.of(null, NOW)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"backoff_seconds\":2} | PT2S",
                "{\"rate\":{\"backoff_seconds\":1.25},\"see\":\"x\"} | PT1.25S",
                "{\"other\":{\"backoff_seconds\":1.25}} | PT0S",
                "{\"backoff_seconds\":\"x\"} | PT0S",
                "\"text\" | PT0S",
            })
    void theErrorsDataMaySayItToo(String data, Duration wait) {
        assertThat(RetryAfter.of(new RpcError(-32005, "limit", Slice.of(data)))).isEqualTo(wait);
    }
}
