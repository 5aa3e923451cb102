package dev.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("listen", "gzip", "id", "tolerated_lag", "tolerated_lag_time");

    @ParameterizedTest
    @CsvSource({
        "listne, listen",
        "lsten, listen",
        "gzp, gzip",
        "tolerated_lagg, tolerated_lag",
        "tolerated_lag_tim, " + "tolerated_lag_time"
    })
    void theNearestNameIsFound(String wanted, String meant) {
        assertThat(NearestName.to(wanted, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"xy", "frobnicate", "ab"})
    void aWhollyDifferentWordIsNotNear(String wanted) {
        assertThat(NearestName.to(wanted, KNOWN)).isEmpty();
    }

    @Test
    void aSwapOfNeighboursIsOneStep() {
        assertThat(NearestName.distance("ab", "ba")).isEqualTo(1);
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestName.distance("", "abc")).isEqualTo(3);
    }
}
