package dev.fairlead.fakenode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fairlead.fakenode.FakeNodeMain.Options;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FakeNodeMainTest {
    @Test
    void withoutArgumentsTheDefaultsHold() {
        assertThat(Options.parse()).isEqualTo(new Options(8545, Duration.ofSeconds(12), 1, 1));
    }

    @Test
    void argumentsReplaceTheDefaults() {
        assertThat(Options.parse("--port", "0", "--block-time", "0.5", "--chain-id", "100", "--threads", "2"))
                .isEqualTo(new Options(0, Duration.ofMillis(500), 100, 2));
    }

    @Test
    void unknownOrHalfArgumentsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("--speed", "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("--port"));
    }
}
