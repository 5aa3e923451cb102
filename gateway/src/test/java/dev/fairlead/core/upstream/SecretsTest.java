package dev.fairlead.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final Endpoint ENDPOINT = new Endpoint(
            URI.create("https://user:urlpassword@eth.example/v3/pathkey1?apikey=querykey1"),
            URI.create("wss://eth.example/ws/socketkey1"),
            Map.of("Authorization", "Bearer headerkey1"),
            new BasicAuth("me", "authpassword"),
            null);

    @ParameterizedTest
    @ValueSource(strings = {"urlpassword", "pathkey1", "querykey1", "socketkey1", "headerkey1", "authpassword"})
    void everySecretIsBlottedOut(String secret) {
        assertThat(Secrets.of(ENDPOINT).hiddenIn("no plan for " + secret + "!")).isEqualTo("no plan for ***!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3", "me", "ws"})
    void shortWordsAreNoSecrets(String word) {
        assertThat(Secrets.of(ENDPOINT).hiddenIn("about " + word)).isEqualTo("about " + word);
    }
}
