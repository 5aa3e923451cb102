package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InheritedSighupTest {
    @Test
    void theKernelsMaskOfIgnoredSignalsIsRead() {
        assertThat(InheritedSighup.isIgnored("Name:\tjava\nSigBlk:\t0000000000000001\nSigIgn:\t0000000000000001\n"))
                .isTrue();
        assertThat(InheritedSighup.isIgnored("SigIgn:\tffffffffffffffff\n")).isTrue();
        assertThat(InheritedSighup.isIgnored("SigBlk:\t0000000000000001\nSigIgn:\t0000000000001006\n"))
                .isFalse();
        assertThat(InheritedSighup.isIgnored("")).isFalse();
    }
}
