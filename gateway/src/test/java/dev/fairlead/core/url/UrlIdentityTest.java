package dev.fairlead.core.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlIdentityTest {
    @ParameterizedTest
    @CsvSource({
        "http://geth:1, http://geth:1/, true",
        "http://geth:80, http://geth, true",
        "https://geth:443/, https://geth, true",
        "wss://geth:443/, wss://geth, true",
        "ws://geth:80, ws://geth/, true",
        "http://GETH./x?a=1, http://geth/x?a=1, true",
        "http://geth?, http://geth, true",
        "http://geth?a=1, http://geth/?a=1, true",
        "http://geth/%7ea, http://geth/~a, true",
        "http://geth/%2f, http://geth/%2F, true",
        "http://geth/%41, http://geth/A, true",
        "http://[::1]:1, http://[0:0:0:0:0:0:0:1]:1, true",
        "http://u:p@geth, http://geth, true",
        "http://geth/%2F, http://geth//, false",
        "http://geth/a, http://geth/A, false",
        "http://geth/x, http://geth/x/, false",
        "http://geth/x?a=1, http://geth/x?a=2, false",
        "http://geth, https://geth, false",
        "https://geth:80, https://geth, false",
        "http://geth:8545, http://geth:8546, false",
        "http://[::1]:1, http://[::2]:1, false",
    })
    void twoUrlsMeanTheSameNodeWhenARequestWouldGoToTheSamePlace(URI one, URI other, boolean same) {
        assertThat(UrlIdentity.same(one, other)).isEqualTo(same);
    }

    @Test
    void itShowsNoKey() {
        assertThat(UrlIdentity.of(URI.create("http://geth/secret")).toString()).doesNotContain("secret");
    }
}
