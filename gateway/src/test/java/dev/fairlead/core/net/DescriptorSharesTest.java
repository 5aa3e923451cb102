package dev.fairlead.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorSharesTest {
    @ParameterizedTest
    @CsvSource({"256, 60, 67", "1024, 60, 201", "4096, 150, 64000", "20000, 150, 300", "1048576, 60, 6700", "200, 60, 0"
    })
    void allSharesTogetherAreNoMoreThanThereAre(int most, int open, int wanted) {
        DescriptorShares shares = DescriptorShares.of(most, open, wanted);

        assertThat((long) shares.own() + shares.admin() + shares.nodes() + shares.clients())
                .isLessThanOrEqualTo(most);
        assertThat(shares.served(20_000) + shares.told()).isLessThanOrEqualTo(shares.clients());
        assertThat(shares.served(20_000)).isPositive();
    }

    @Test
    void aConfiguredLimitThatFitsStays() {
        assertThat(DescriptorShares.of(1_048_576, 60, 201).served(20_000)).isEqualTo(20_000);
        assertThat(DescriptorShares.UNBOUNDED.served(10_000_000)).isEqualTo(10_000_000);
        assertThat(DescriptorShares.UNBOUNDED.firstOfAdmin()).isGreaterThan(1_000_000_000);
    }

    @Test
    void manyNodesLeaveHalfToTheClients() {
        DescriptorShares shares = DescriptorShares.of(10_000, 76, 64_000);

        assertThat(shares.clients()).isGreaterThanOrEqualTo(shares.nodes());
    }

    @Test
    void evenWithNearlyNoneSomebodyIsServed() {
        assertThat(DescriptorShares.of(64, 60, 67).served(20_000)).isPositive();
    }

    @Test
    void theArithmeticIsSaid() {
        assertThat(DescriptorShares.of(256, 76, 67).describe(20_000))
                .isEqualTo(
                        "at most 53 client connections at once (configured: 20000): of 256 file descriptors, 100 are the"
                                + " process's own, 19 are kept for the admin API, 67 for connections to nodes, 17 for clients that"
                                + " are turned away");
    }

    @Test
    void theKernelsTableIsRead() {
        String limits = """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             96365                96365                processes
                Max open files            1024                 524288               files
                """;

        assertThat(Descriptors.most(limits)).isEqualTo(1024);
        assertThat(Descriptors.most(limits.replace("1024  ", "unlimited"))).isEqualTo(Descriptors.UNKNOWN);
        assertThat(Descriptors.most("")).isEqualTo(Descriptors.UNKNOWN);
    }
}
