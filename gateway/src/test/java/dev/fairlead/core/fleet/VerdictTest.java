package dev.fairlead.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Verdict.Ready;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    @ParameterizedTest
    @CsvSource({
        "0, at the head",
        "1, 1 block behind (3 s)",
        "2, 2 blocks behind (3 s)",
        "-1, at the head (1 newer than the reference)",
        "-2, at the head (2 newer than the reference)"
    })
    void theEvidenceSaysWhereANodeStands(long blocks, String words) {
        var verdict =
                new Ready(new Head(7, "0xab", Instant.EPOCH, Instant.EPOCH), new Lag(blocks, Duration.ofSeconds(3)));

        assertThat(verdict.evidence()).isEqualTo("block 7, " + words);
    }
}
