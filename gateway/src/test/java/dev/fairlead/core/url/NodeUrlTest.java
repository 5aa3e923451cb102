package dev.fairlead.core.url;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.url.NodeUrl.Bad;
import dev.fairlead.core.url.NodeUrl.Good;
import dev.fairlead.support.Property;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8545",
                "http://localhost",
                "https://mainnet.infura.io/v3/0123456789abcdef",
                "https://node.example.com:443/rpc?key=a%20b&x=1",
                "http://[::1]:8545/",
                "http://[2001:db8::7]",
                "http://geth-1.internal.:8545",
                "http://xn--bcher-kva.example",
                "http://a:65535"
            })
    void legalUrlIsKeptAsGiven(String text) {
        assertThat(StrictUrl.http(text)).isEqualTo(new Good(URI.create(text), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                              | found nothing",
                "geth:8545                       | found no ://",
                "10.0.0.5:8545                   | found no ://",
                "ftp://geth                      | expected http://host… or https://host…, found ftp://",
                "ws://geth                       | found ws://",
                "http://                         | found none",
                "http:///v3                      | found none",
                "http://:8545                    | found none",
                "http://geth:                    | expected a port after the colon",
                "http://geth:0                   | from 1 to 65535, found 0",
                "http://geth:65536               | from 1 to 65535, found 65536",
                "http://geth:123456789012        | from 1 to 65535",
                "http://geth:85x                 | expected host or host:port",
                "http://::1:8545                 | IPv6 address stands in brackets",
                "http://[::zz]:8545              | not a legal URL",
                "http://geth_1:8545              | found an underscore",
                "http://-geth                    | letters, digits and dashes",
                "http://a..b                     | letters, digits and dashes",
                "http://256.1.1.1                | four numbers",
                "http://10.0.0                   | four numbers",
                "http://geth/a b                 | space or control character at character 14",
                "http://geth/#top                | a fragment",
                "http://geth/%zz                 | without two hex digits",
                "http://geth/%4                  | without two hex digits",
                "http://geth/{key}               | found {",
                "http://geth/a;\"b               | found \"",
                "http://büro                     | outside of ASCII at character 9"
            })
    void illegalUrlIsAFaultThatSaysWhatWasExpected(String text, String fault) {
        assertThat(StrictUrl.http(text))
                .isInstanceOfSatisfying(
                        Bad.class, bad -> assertThat(bad.fault()).contains(fault));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://geth/\n", "http://geth/\t", "http://geth/\u007f", "http://geth/\r\nHost: evil"})
    void controlCharactersAreRefused(String text) {
        assertThat(StrictUrl.http(text)).isInstanceOf(Bad.class);
    }

    @Test
    void webSocketUrlHasItsOwnSchemes() {
        assertThat(StrictUrl.ws("wss://geth/ws")).isEqualTo(new Good(URI.create("wss://geth/ws"), null));
        assertThat(StrictUrl.ws("https://geth/ws")).isInstanceOf(Bad.class);
    }

    @Test
    void schemeAndHostAreReadInLowerCaseAndThePathAsGiven() {
        assertThat(StrictUrl.http("HTTPS://Geth.Example/V3/KeY"))
                .isEqualTo(new Good(URI.create("https://geth.example/V3/KeY"), null));
    }

    @Test
    void credentialsAreTakenOutOfTheUrl() {
        assertThat(StrictUrl.http("https://user:p%40ss@geth/v3"))
                .isEqualTo(new Good(URI.create("https://geth/v3"), new BasicAuth("user", "p@ss")));
    }

    @Test
    void faultNeverRepeatsTheCredentials() {
        var bad = (Bad) StrictUrl.http("https://user:hunter2@geth:hunter2/v3/hunter2");

        assertThat(bad.fault()).doesNotContain("hunter2");
    }

    @Test
    void anyTextIsReadOrRefused() {
        Property.holds(1000, any -> anyTextIsReadOrRefused(any.text(255)));
    }

    private void anyTextIsReadOrRefused(String text) {
        assertThat(StrictUrl.http(text)).isNotNull();
        assertThat(StrictUrl.http("http://" + text)).isNotNull();
    }
}
