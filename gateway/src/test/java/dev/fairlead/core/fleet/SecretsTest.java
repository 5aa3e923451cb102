package dev.fairlead.core.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.jsonrpc.JsonScan;
import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.support.Generator;
import dev.fairlead.support.Property;
import java.net.URI;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final URI PLAIN = URI.create("http://geth:8545");
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
    @ValueSource(
            strings = {
                "p@ss w0rd:é/x",
                "P@SS W0RD:É/X",
                "p@ss w0rd:e\u0301/x",
                "P@SS W0RD:E\u0301/X",
                "p%40ss%20w0rd%3A%C3%A9%2Fx",
                "P%40SS%20W0RD%3A%C3%89%2FX",
                "p%2540ss w0rd:e%CC%81/x"
            })
    void capitalsAndAccentsHideNothing(String said) {
        var endpoint =
                new Endpoint(URI.create("http://geth:8545"), null, Map.of(), new BasicAuth("", "p@ss w0rd:é/x"), null);

        assertThat(Secrets.of(endpoint).hiddenIn("no plan for " + said + "!")).isEqualTo("no plan for ***!");
    }

    @ParameterizedTest
    @CsvSource({
        "straße-9, STRASSE-9",
        "straße-9, STRAẞE-9",
        "Οδυσσεύς, ΟΔΥΣΣΕΎΣ",
        "Οδυσσεύς, οδυσσεύσ",
        "ключ-от-дома, КЛЮЧ-ОТ-ДОМА",
        "iıİI-key, IIII-KEY",
        "ﬁnal-key, FINAL-KEY",
        "Kelvin\u212A9, kelvink9",
        "𐐨𐐩𐐪𐐫𐐬, 𐐀𐐁𐐂𐐃𐐄",
        "密码密码密码, 密码密码密码"
    })
    void lettersAreComparedInBothFoldings(String secret, String said) {
        var endpoint = new Endpoint(URI.create("http://geth:8545"), null, Map.of(), new BasicAuth("", secret), null);

        assertThat(Secrets.of(endpoint).hiddenIn("<" + said + ">")).isEqualTo("<***>");
        assertThat(new String(
                        Objects.requireNonNull(Secrets.of(endpoint)
                                .hiddenIn(("{\"message\":\"<" + escaped(said) + ">\"}").getBytes(UTF_8))),
                        UTF_8))
                .isEqualTo("{\"message\":\"<***>\"}");
    }

    private static String escaped(String text) {
        return text.chars().mapToObj("\\u%04x"::formatted).collect(joining());
    }

    @Test
    void bytesThatAreNoTextStayAsTheyAre() {
        byte[] odd = {
            '{',
            '"',
            'm',
            '"',
            ':',
            '"',
            (byte) 0xc3,
            '"',
            ',',
            '"',
            'n',
            '"',
            ':',
            '"',
            (byte) 0xf0,
            (byte) 0x9f,
            '"',
            '}'
        };

        assertThat(Secrets.of(ENDPOINT).hiddenIn(odd)).isNull();
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
                "{\"data\":\"key%2Fwith\\/slash and key/with/slash\"} | {\"data\":\"*** and ***\"}",
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
    @CsvSource(delimiter = '|', textBlock = """
            SEKRETquerykey9876SEKRETpass55          | ***
            SEKRETpass55SEKRETquerykey9876          | ***
            SEKRETpass55SEKRETuser1                 | ***
            SEKRETuser1SEKRETpass55SEKRETuser1      | ***
            SEKRETuser1SEKRETquerykey9876SEKRETpass55 | ***
            xSEKRETquerykey9876SEKRETpass55         | x***
            SEKRETpass55SEKRETquerykey9876x         | ***x
            SEKRETquery%6bey9876SEKRETpass55!       | ***!
            SEKRETuser1:SEKRETpass55                | ***:***
            SEKRETpass55SEKRETother1                | SEKRETpass55SEKRETother1
            SEKRETquerykey9876SEKRETpass55x         | ***SEKRETpass55x
            """)
    void secretsThatStandSideBySideAreAllHidden(String text, String shown) {
        Secrets secrets =
                Secrets.of(Endpoint.of("https://SEKRETuser1:SEKRETpass55@eth.example/?dkey=SEKRETquerykey9876"));
        byte[] error = ("{\"code\":1,\"message\":" + quoted(text) + "}").getBytes(UTF_8);

        assertThat(secrets.hiddenIn(text).replaceAll("[*]{4,}", "***")).isEqualTo(shown);
        byte[] said = Objects.requireNonNullElse(secrets.hiddenIn(error), error);
        assertThat(new String(said, UTF_8).replaceAll("[*]{4,}", "***"))
                .isEqualTo("{\"code\":1,\"message\":" + quoted(shown) + "}");
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

    private static final String KEY = "A1b2C3d4E5f6071829aBcDeF";

    private static final Map<String, Endpoint> DECLARED = Map.ofEntries(
            entry("path", Endpoint.of("https://eth.example/v3/" + KEY)),
            entry("path, encoded", Endpoint.of("https://eth.example/v3/" + KEY.replace("C", "%43"))),
            entry("query", Endpoint.of("https://eth.example/?dkey=" + KEY)),
            entry("query without a name", Endpoint.of("https://eth.example/?" + KEY)),
            entry("user of the URL", Endpoint.of("https://" + KEY + "@eth.example")),
            entry("password of the URL", Endpoint.of("https://u:" + KEY + "@eth.example")),
            entry("host", Endpoint.of("https://" + KEY + ".eth.example")),
            entry("host on this machine", Endpoint.of("http://" + KEY + ".localhost:1")),
            entry("part of a host", Endpoint.of("https://eth-" + KEY + ".eth.example")),
            entry("socket", new Endpoint(PLAIN, URI.create("wss://eth.example/ws/" + KEY), Map.of(), null, null)),
            entry("user", with(new BasicAuth(KEY, ""))),
            entry("password", with(new BasicAuth("me", KEY))),
            entry("bearer", with("Authorization", "Bearer " + KEY)),
            entry("header", with("X-Api-Key", KEY)),
            entry("cookie", with("Cookie", "a=b; session=" + KEY)),
            entry("basic", with("Authorization", "Basic " + base64("me:" + KEY))),
            entry("basic, key alone", with("Authorization", "Basic " + base64(KEY + ":"))));

    private static Endpoint with(BasicAuth auth) {
        return new Endpoint(PLAIN, null, Map.of(), auth, null);
    }

    private static Endpoint with(String header, String value) {
        return new Endpoint(PLAIN, null, Map.of(header, value), null, null);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    static Stream<Arguments> waysToSayIt() {
        String percent = KEY.chars().mapToObj("%%%02x"::formatted).collect(joining());
        String[] said = {
            KEY,
            KEY.toLowerCase(Locale.ROOT),
            KEY.toUpperCase(Locale.ROOT),
            percent,
            percent.toUpperCase(Locale.ROOT),
            percent.replace("%", "%25"),
            base64(KEY),
            Base64.getUrlEncoder().withoutPadding().encodeToString(KEY.getBytes(UTF_8)),
            KEY.substring(0, 12) + " " + KEY.substring(12),
            KEY.substring(0, 12) + "\n" + KEY.substring(12),
            KEY.replaceAll("(....)", "$1-"),
            KEY.substring(0, 12),
            KEY.substring(12) + "...",
            "/v3/" + KEY + "/x",
            "\"" + KEY + "\"",
            "x" + KEY + "x",
        };
        return DECLARED.keySet().stream().flatMap(where -> Stream.of(said).map(text -> Arguments.of(where, text)));
    }

    @ParameterizedTest
    @MethodSource("waysToSayIt")
    void aKeyIsHiddenWhereverItIsDeclaredAndHoweverItIsSaid(String where, String said) {
        Secrets secrets = Secrets.of(Objects.requireNonNull(DECLARED.get(where)));
        String json = quoted("key " + said + " is over its quota");

        assertNoKey(secrets.hiddenIn("key " + said + " is over its quota"));
        assertNoKey(secrets.hiddenIn(Slice.of("{\"version\":" + json + "}")).text());
        byte[] error = secrets.hiddenIn(("{\"code\":-32000,\"message\":" + json + "}").getBytes(UTF_8));
        assertNoKey(new String(error, UTF_8));
        assertThat(new String(error, UTF_8))
                .startsWith("{\"code\":-32000,\"message\":\"key ")
                .contains("***");
    }

    /// Not even a piece of it.
    private static void assertNoKey(String shown) {
        String letters = shown.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9%]", "");
        String key = KEY.toLowerCase(Locale.ROOT);
        for (int at = 0; at + 8 <= key.length(); at++) {
            assertThat(letters).doesNotContain(key.substring(at, at + 8));
        }
        assertThat(shown).contains("***", "is over its quota").doesNotContain("%61", base64(KEY));
    }

    @ParameterizedTest
    @CsvSource({"me:hunter, hunter", "k3y4, k3y4", "k3y4:, bWU6", "ab:k3y4, k3y4"})
    void aShortPasswordOrAKeyInItsPlaceIsHiddenWhereItStandsAlone(String login, String secret) {
        Secrets secrets = Secrets.of(Endpoint.of("http://" + login + "@h"));

        assertThat(secrets.hiddenIn("bad password " + login.substring(login.indexOf(':') + 1) + "."))
                .doesNotContain(" " + secret + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Geth/v1.16.7-stable/linux-amd64/go1.24",
                "execution reverted: internal error of the gateway",
                "https://eth-mainnet.example/v3",
                "block 0xa1b2c3d4 not found",
                "header 0xb2c3d4e5f60718290000000000000000000000000000000000000000000000aa",
            })
    void whatANodeSaysOtherwiseStaysAsItIs(String text) {
        Endpoint endpoint =
                Endpoint.of("https://eth-mainnet.example/v3/internal-gateway-production/" + "ff".repeat(16));

        assertThat(Secrets.of(endpoint).hiddenIn(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hdrSecret",
                "ecretqwertz",
                "HDRSECRE",
                "zuiopas",
                "uiopasyx",
                "e-c-r-e-t-q-w-e-r-t-z",
                "ecret qwertz",
                "%65cretqw",
                "xxhdrSecretxx"
            })
    void eightLettersInARowOfAKeyOfLettersGiveItAway(String piece) {
        Secrets secrets = Secrets.of(with("X-Api-Key", "hdrSecretqwertzuiopasyx"));
        boolean enough = piece.replaceAll("%65|[^A-Za-z]", "e").length() >= 8;

        String shown = secrets.hiddenIn("fail for key " + piece + " sorry");

        assertThat(shown).contains("fail for key ", " sorry");
        assertThat(shown.contains("***")).isEqualTo(enough);
        assertThat(shown.contains(piece)).isEqualTo(!enough);
    }

    @Test
    void noPieceOfEightLettersOfAKeyIsShown() {
        Property.holds(
                1000,
                any -> noPieceOfEightLettersOfAKeyIsShown(
                        any.text(Generator.LETTERS, 16, 40), any.between(0, 31), any.between(8, 32)));
    }

    private void noPieceOfEightLettersOfAKeyIsShown(String key, int from, int length) {
        String piece = key.substring(Math.min(from, key.length() - 8), Math.min(key.length(), from + length));
        if (piece.length() < 8 || (piece.length() < length && from > key.length() - 8)) return;
        Secrets secrets = Secrets.of(with("X-Api-Key", key));

        assertThat(secrets.hiddenIn("fail for key " + piece + " sorry")).doesNotContain(piece);
    }

    /// Words that everybody says are shown, up to eleven letters; a longer piece is hidden whatever it says.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            internal error of the gateway           | internal error of the gateway
            production is unavailable               | production is unavailable
            the transaction was unauthorized        | the transaction was ***
            internal gateway                        | ***
            internalx                               | internalx
            """)
    void ordinaryWordsStayAlthoughAKeyIsMadeOfThem(String text, String shown) {
        Secrets secrets = Secrets.of(with("X-Api-Key", "internal-gateway-production-transaction-unauthorized"));

        assertThat(secrets.hiddenIn(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            p-w-H-u-n-t-e-r-2-2-x-y-z                  | ***
            P W H U N T E R 2 2 X Y Z                  | ***
            pwHunter-22xyz                             | ***
            p - w - H - u - n - t - e - r - 2 - 2 - x - y - z | ***
            p%2Dw%2DHunter22xyz                        | ***
            pwHunter22xy                               | pwHunter22xy
            xpw-Hunter22xyz                            | xpw-Hunter22xyz
            """)
    void aPasswordOfEightLettersOrMoreIsFoundWhenItIsPulledApart(String said, String shown) {
        Secrets secrets = Secrets.of(with(new BasicAuth("me", "pwHunter22xyz")));

        assertThat(secrets.hiddenIn("bad password " + said + "!")).isEqualTo("bad password " + shown + "!");
        String json = "{\"code\":1,\"message\":" + quoted("bad " + said + "!") + "}";
        byte[] error = Objects.requireNonNullElse(secrets.hiddenIn(json.getBytes(UTF_8)), json.getBytes(UTF_8));
        assertThat(new String(error, UTF_8)).isEqualTo("{\"code\":1,\"message\":" + quoted("bad " + shown + "!") + "}");
    }

    /// Eight digits of a key may well stand in what a contract returns.
    @Test
    void dataThatSharesAFewDigitsWithAKeyIsPassedOn() {
        Secrets secrets = Secrets.of(Endpoint.of("https://eth.example/v3/0123456789abcdef1032547698badcfe"));

        assertThat(secrets.hiddenIn("{\"code\":3,\"data\":\"0x08c379a00123456789abcd\"}".getBytes(UTF_8)))
                .isNull();
        assertThat(secrets.hiddenIn("{\"code\":3,\"data\":\"0x080123456789ABCDEF1032547698badcfe00\"}".getBytes(UTF_8)))
                .asString(UTF_8)
                .isEqualTo("{\"code\":3,\"data\":\"0x08***00\"}");
    }

    /// A password may be a word that every answer has.
    @ParameterizedTest
    @ValueSource(strings = {"message", "number", "code", "data", "hash", "12345678"})
    void membersAndNumbersOfAnswersStay(String password) {
        Secrets secrets = Secrets.of(with(new BasicAuth("me", password)));

        String block = "{\"number\":\"0x10\",\"hash\":\"0xab\",\"timestamp\":12345678}";
        assertThat(secrets.hiddenIn(Slice.of(block)).text()).isEqualTo(block);
        String error = "{\"code\":-32000,\"message\":\"no\",\"data\":null}";
        assertThat(secrets.hiddenIn(error.getBytes(UTF_8))).isNull();
    }

    @Test
    void jsonStaysLegalAndTextWithoutSecretsStaysAsItIs() {
        Property.holds(
                1000,
                any -> jsonStaysLegalAndTextWithoutSecretsStaysAsItIs(
                        any.text(Generator.LETTERS + Generator.DIGITS, 16, 40), any.text(40), any.text(40)));
    }

    private void jsonStaysLegalAndTextWithoutSecretsStaysAsItIs(String key, String before, String after) {
        Secrets secrets = Secrets.of(Endpoint.of("https://eth.example/x." + key));
        String json = "{\"message\":" + quoted(before + key + after) + ",\"data\":[1,-2.5e3,true,null]}";

        byte[] shown = Objects.requireNonNull(secrets.hiddenIn(json.getBytes(UTF_8)));

        assertThat(JsonScan.skipValue(shown, 0, shown.length, JsonScan.DEEPEST)).isEqualTo(shown.length);
        assertThat(new String(shown, UTF_8)).doesNotContainIgnoringCase(key);
    }

    private static String quoted(String text) {
        return new String(JsonText.encode(text), UTF_8);
    }
}
