package dev.fairlead.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResolverConfigTest {
    @Test
    void aUsualFileIsUnderstood() {
        ResolverConfig config = read(
                "# made by a network manager",
                "search prod.svc.test. svc.test",
                "nameserver 127.0.0.53",
                "  nameserver\t::1  ",
                "options ndots:5 timeout:1 edns0 trust-ad");

        assertThat(config.shownServers()).isEqualTo("127.0.0.53:53, [0:0:0:0:0:0:0:1]:53");
        assertThat(config.search()).containsExactly("prod.svc.test", "svc.test");
        assertThat(config.ndots()).isEqualTo(5);
        assertThat(config.patience()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatIsNotSaidHasAUsualValue() {
        ResolverConfig config = read("nameserver 127.0.0.1");

        assertThat(config).isEqualTo(new ResolverConfig(config.servers(), List.of(), 1, Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @CsvSource({"ndots:99, 15", "ndots:0, 0", "ndots:, 1", "ndots:-3, 1", "ndots:x, 1", "ndots:99999999999, 1"})
    void anOddOptionIsBoundedOrPassedOver(String option, int ndots) {
        assertThat(read("nameserver 127.0.0.1", "options " + option).ndots()).isEqualTo(ndots);
    }

    @Test
    void noMoreThanThreeServersAreAskedAndTheLastSearchLineCounts() {
        ResolverConfig config = read(
                "nameserver 127.0.0.1",
                "nameserver geth.test",
                "nameserver 127.0.0.2",
                "nameserver 127.0.0.3",
                "nameserver 127.0.0.4",
                "domain a.test",
                "search b.test c.test");

        assertThat(config.shownServers()).isEqualTo("127.0.0.1:53, 127.0.0.2:53, 127.0.0.3:53");
        assertThat(config.search()).containsExactly("b.test", "c.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nameserver", "#nameserver 127.0.0.1", "; nameserver 127.0.0.1", "nameserver geth.test"})
    void withoutAServerThereIsNothing(String line) {
        assertThat(ResolverConfig.of(List.of(line))).isEmpty();
    }

    private static ResolverConfig read(String... lines) {
        return ResolverConfig.of(List.of(lines)).orElseThrow();
    }
}
