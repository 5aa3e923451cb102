package dev.fairlead.core.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"message\":\"no plan for pathkey1\"} | {\"message\":\"no plan for ***\"}",
                "{\"message\":\"/v3\\/pathkey1?apikey=querykey1\"} | {\"message\":\"/v3\\/***?apikey=***\"}",
                "{\"message\":\"\\npathkey1\\n\"} | {\"message\":\"\\n***\\n\"}",
                "{\"message\":\"pat\\u0068key\\u0031\"} | {\"message\":\"***\"}",
                "{\"pathkey1\":[\"pathkey1\",{\"a\":\"querykey1\"}]} | {\"***\":[\"***\",{\"a\":\"***\"}]}",
                "{\"data\":1234567890} | {\"data\":0}",
                "{\"data\":\"key%2Fwith\\/slash and key/with/slash\"} | {\"data\":\"key%2Fwith\\/slash and ***\"}",
                "\"a-very-long-key-of-many-letters\" | \"***\"",
                "\"xa-very-long-key-of-many-lettersx\" | \"x***x\"",
                "\"bWU6YXV0aHBhc3N3b3Jk\" | \"***\"",
            })
    void secretsInJsonAreBlottedOutHoweverTheyAreWritten(String json, String shown) {
        var endpoint = new Endpoint(
                URI.create("https://h/v3/pathkey1/key%2Fwith%2Fslash?apikey=querykey1&b=1234567890"
                        + "&c=a-very-long-key-of-many-letters"),
                null,
                Map.of(),
                new BasicAuth("me", "authpassword"),
                null);

        assertThat(Secrets.of(endpoint).hiddenIn(json.getBytes(UTF_8)))
                .asString(UTF_8)
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x08pathkey10000\"}",
                "{\"message\":\"xpathkey1\"}",
                "\"\"",
                "[]",
                "{\"a\":\"\\\\\"}",
                "\"\\u00e9\""
            })
    void whatHoldsNoSecretIsLeftAlone(String json) {
        assertThat(Secrets.of(ENDPOINT).hiddenIn(json.getBytes(UTF_8))).isNull();
    }
}
