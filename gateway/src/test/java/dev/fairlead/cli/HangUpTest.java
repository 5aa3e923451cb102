package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HangUpTest {
    @Test
    void theKernelsMaskOfIgnoredSignalsIsRead() {
        assertThat(HangUp.isIgnored("Name:\tjava\nSigBlk:\t0000000000000001\nSigIgn:\t0000000000000001\n"))
                .isTrue();
        assertThat(HangUp.isIgnored("SigIgn:\tffffffffffffffff\n")).isTrue();
        assertThat(HangUp.isIgnored("SigBlk:\t0000000000000001\nSigIgn:\t0000000000001006\n"))
                .isFalse();
        assertThat(HangUp.isIgnored("")).isFalse();
    }
}
