package dev.fairlead.core.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerivedNameTest {
    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.5:8545, 10-0-0-5-8545",
        "https://mainnet.infura.io/v3/key, mainnet-infura-io",
        "http://[::1]:8545/, 1-8545",
        "https://0123456789abcdef0123456789abcdef.eth.example:8545, eth-example-8545",
        "http://a-very-long-host-name-of-a-machine-in-a-cloud.compute.internal.example:8545, "
                + "a-very-long-host-name-of-a-machine-in-a-cloud-compute-in",
    })
    void aNameIsDerivedFromHostAndPort(URI url, String name) {
        String derived = DerivedName.of(url, _ -> false);

        assertThat(derived).startsWith(name.substring(0, Math.min(50, name.length())));
        assertThat(NameRule.NODE.objection(derived)).isNull();
    }

    @Test
    void aDerivedNameThatIsTakenGetsTheNextNumber() {
        assertThat(DerivedName.of(URI.create("http://geth:1"), Set.of("geth-1", "geth-1-2")::contains))
                .isEqualTo("geth-1-3");
    }
}
