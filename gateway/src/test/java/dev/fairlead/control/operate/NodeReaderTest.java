package dev.fairlead.control.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.operate.NodeReading.Faulty;
import dev.fairlead.control.operate.NodeReading.Sound;
import dev.fairlead.control.store.AddedNode;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.fleet.Endpoint.Tls;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.SpendingPlan;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.policy.Credits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NodeReaderTest {
    private static final SpendingPlan PLAN =
            new SpendingPlan(new CallRate(500, Duration.ofSeconds(1)), 3_000_000, new Credits(Map.of("*", 80L)));
    private static final AddedNode OLD = new AddedNode(
            new Node(
                    new NodeId("mainnet", "geth-1"),
                    Node.Role.RENTED,
                    new Endpoint(
                            URI.create("https://geth.example"),
                            URI.create("wss://geth.example"),
                            Map.of("x-key", "old"),
                            new BasicAuth("user", "old"),
                            new Tls(Path.of("/ca.pem"), null, null)),
                    Map.of("zone", "a"),
                    7,
                    9,
                    PLAN,
                    Node.Mode.SERVING,
                    Node.Origin.ADDED),
            true,
            Registry.AT);

    @Test
    void aNewNodeOfWhichOnlyTheUrlIsSaidGetsTheDefaults() {
        Sound sound = sound(Said.url("http://10.0.0.5:8545"));

        assertThat(sound)
                .isEqualTo(new Sound(
                        Endpoint.of("http://10.0.0.5:8545"),
                        Node.Role.OWN,
                        false,
                        Map.of(),
                        Node.DEFAULT_WEIGHT,
                        Node.DEFAULT_CAPACITY,
                        SpendingPlan.NONE));
    }

    @Test
    void aKnownProvidersNodeIsRentedUnlessItIsSaidToBeOwn() {
        assertThat(sound(Said.url("https://mainnet.infura.io/v3/key")).role()).isEqualTo(Node.Role.RENTED);
        assertThat(sound(Said.url("https://mainnet.infura.io/v3/key").role(Node.Role.OWN))
                        .role())
                .isEqualTo(Node.Role.OWN);
    }

    @Test
    void aPasswordWithoutAUserIsKept() {
        Sound inUrl = sound(Said.url("https://:key@geth.example/x"));
        Sound said = sound(Said.url("https://geth.example").secrets(null, new BasicAuth("", "key"), null));

        assertThat(inUrl.endpoint().auth()).isEqualTo(new BasicAuth("", "key"));
        assertThat(said.endpoint().auth()).isEqualTo(new BasicAuth("", "key"));
    }

    @Test
    void credentialsInTheUrlBecomeBasicAuthAndLeaveTheUrl() {
        Sound sound = sound(Said.url("http://user:pa%40ss@geth.example"));

        assertThat(sound.endpoint().auth()).isEqualTo(new BasicAuth("user", "pa@ss"));
        assertThat(sound.endpoint().http()).hasToString("http://geth.example");
    }

    @Test
    void whatAnUpdateDoesNotSayStaysAsItIs() {
        NodeReading reading = NodeReader.read(Said.nothing().order(), OLD, false);

        assertThat(reading)
                .isEqualTo(new Sound(OLD.node().endpoint(), Node.Role.RENTED, true, Map.of("zone", "a"), 7, 9, PLAN));
    }

    @Test
    void anUpdateTakesAwayWhatItSaysToBeEmpty() {
        NodeOrder order = Said.nothing()
                .ws("")
                .leader(false)
                .secrets(Map.of(), new BasicAuth("", ""), new Tls(null, null, null))
                .numbers(Map.of(), null, null)
                .plan("", 0L, Map.of())
                .order();

        assertThat(NodeReader.read(order, OLD, false))
                .isEqualTo(new Sound(
                        Endpoint.of("https://geth.example"),
                        Node.Role.RENTED,
                        false,
                        Map.of(),
                        7,
                        9,
                        SpendingPlan.NONE));
    }

    @Test
    void whatIsSaidOfAPlanChangesThatAlone() {
        NodeOrder order = Said.nothing().plan(null, 9_000_000L, null).order();

        assertThat(((Sound) NodeReader.read(order, OLD, false)).plan())
                .isEqualTo(new SpendingPlan(PLAN.rate(), 9_000_000, PLAN.credits()));
    }

    static Stream<Arguments> faults() {
        Said good = Said.url("https://geth.example");
        return Stream.of(
                Arguments.of(Said.nothing(), "url: expected the HTTP URL"),
                Arguments.of(Said.url("ftp://geth.example"), "url: expected http://"),
                Arguments.of(Said.url("http://169.254.169.254/latest"), "url: expected the address of a node"),
                Arguments.of(good.plan("50", null, null), "rate: expected a rate such as"),
                Arguments.of(good.plan("50/d", null, null), "rate: expected a window of at most an hour"),
                Arguments.of(good.plan(null, -1L, null), "daily: expected 0 to"),
                Arguments.of(good.plan(null, null, Map.of("a b", 1L)), "credits: expected a method"),
                Arguments.of(good.plan(null, null, Map.of("eth_call", -1L)), "credits: eth_call: expected 0 to"),
                Arguments.of(good.plan("50/s", null, Map.of("*", 80L)), "rate: expected at least the 80 credits"),
                Arguments.of(good.plan(null, 50L, Map.of("*", 80L)), "daily: expected at least the 80 credits"),
                Arguments.of(good.ws("ws://[fe80::1]:8546"), "wsUrl: expected the address of a node"),
                Arguments.of(Said.url("https://x.example/v3/***"), "url: expected the URL itself"),
                Arguments.of(good.ws("http://geth.example"), "wsUrl: expected ws://"),
                Arguments.of(good.numbers(null, 0, null), "weight: expected 1 to 10000, found 0"),
                Arguments.of(good.numbers(null, 10_001, null), "weight: expected 1 to 10000, found 10001"),
                Arguments.of(good.numbers(null, null, -1), "capacity: expected 1 to 100000, found -1"),
                Arguments.of(good.numbers(Map.of("a b", "c"), null, null), "labels: expected names like"),
                Arguments.of(good.numbers(Map.of("a", "c\n"), null, null), "labels: the value of a"),
                Arguments.of(good.secrets(Map.of("a b", "c"), null, null), "headers: expected names like"),
                Arguments.of(good.secrets(Map.of("x-key", "c\r\nhost: evil"), null, null), "the value of x-key"),
                Arguments.of(good.secrets(Map.of("Host", "evil"), null, null), "headers: Host is set by"),
                Arguments.of(good.secrets(null, new BasicAuth("a:b", "c"), null), "auth: expected a user without"),
                Arguments.of(good.secrets(null, new BasicAuth("a", "b\n"), null), "auth: expected a password"),
                Arguments.of(good.secrets(null, new BasicAuth("a".repeat(257), "b"), null), "auth: expected a user"),
                Arguments.of(good.secrets(null, new BasicAuth("a", "b".repeat(1025)), null), "auth: expected a passw"),
                Arguments.of(good.secrets(null, new BasicAuth("a", ""), null), "auth: expected a password of 1"),
                Arguments.of(good.secrets(Map.of("TE", "x"), null, null), "headers: TE is set by"),
                Arguments.of(good.secrets(Map.of("a", "b".repeat(8_193)), null, null), "headers: the value of a"),
                Arguments.of(good.secrets(many(33), null, null), "headers: expected at most 32, found 33"),
                Arguments.of(good.numbers(many(33), null, null), "labels: expected at most 32, found 33"),
                Arguments.of(
                        Said.url("http://a:b@geth.example").secrets(null, new BasicAuth("a", "c"), null),
                        "auth: expected one user and password"),
                Arguments.of(
                        Said.url("http://geth.example").secrets(null, null, new Tls(Path.of("/ca.pem"), null, null)),
                        "tls: expected an https URL"),
                Arguments.of(
                        good.secrets(null, null, new Tls(null, Path.of("/cert.pem"), null)),
                        "tls: expected certificate and key together"),
                Arguments.of(
                        good.secrets(null, null, new Tls(Path.of("ca.pem"), null, null)),
                        "tls: expected an absolute path"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsToldByItsMember(Said said, String fault) {
        assertThat(faulty(said).faults()).singleElement().asString().contains(fault);
    }

    @Test
    void aLinkLocalAddressIsTakenWhereThatIsAllowed() {
        assertThat(NodeReader.read(Said.url("http://169.254.1.1:8545").order(), null, true))
                .isInstanceOf(Sound.class);
    }

    @Test
    void everyFaultIsToldAtOnce() {
        Said said = Said.url("geth.example").ws("geth.example").numbers(Map.of(), 0, 0);

        assertThat(faulty(said).faults()).hasSize(4);
    }

    private static Map<String, String> many(int words) {
        return IntStream.range(0, words).boxed().collect(Collectors.toMap(i -> "x" + i, _ -> "y"));
    }

    private static Sound sound(Said said) {
        NodeReading reading = NodeReader.read(said.order(), null, false);
        assertThat(reading).isInstanceOf(Sound.class);
        return (Sound) reading;
    }

    private static Faulty faulty(Said said) {
        NodeReading reading = NodeReader.read(said.order(), null, false);
        assertThat(reading).isInstanceOf(Faulty.class);
        return (Faulty) reading;
    }
}
