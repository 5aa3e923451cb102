package dev.fairlead.config;

import static dev.fairlead.config.Toml.NODE;
import static dev.fairlead.config.Toml.chain;
import static dev.fairlead.config.Toml.node;
import static dev.fairlead.config.Toml.notices;
import static dev.fairlead.config.Toml.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.fleet.Endpoint.Tls;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Node.Role;
import dev.fairlead.core.net.Transport;
import dev.fairlead.core.text.Durations;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableValuesTest {
    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "2s, PT2S",
        "5m, PT5M",
        "1h30m, PT1H30M",
        "1h, PT1H",
        "1500ms, PT1.5S",
        "1m500ms, PT1M0.5S"
    })
    void durationsAreReadAsWritten(String text, Duration duration) {
        assertThat(valid("[server.timeouts]\ncall = \"" + text + "\"")
                        .server()
                        .timeouts()
                        .call())
                .isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.25S, 250ms",
        "PT60S, 60s",
        "PT2M, 120s",
        "PT5M, 5m",
        "PT90M, 90m",
        "PT1H, 1h",
        "PT24H, 1d"
    })
    void durationsAreShownInOneUnit(Duration duration, String text) {
        assertThat(Durations.show(duration)).isEqualTo(text);
        assertThat(Durations.read(text)).contains(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"64KiB\"', 65536",
        "'\"5MiB\"', 5242880",
        "'\"1GB\"', 1000000000",
        "'\"2kb\"', 2000",
        "'\"2000B\"', 2000",
        "'\"2000\"', 2000",
        "2000, 2000"
    })
    void sizesAreReadAsWritten(String text, int bytes) {
        assertThat(valid("[server.limits]\nbody = " + text).server().limits().body())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:80, 0.0.0.0, 80",
        ":80, 0.0.0.0, 80",
        "*:80, 0.0.0.0, 80",
        "127.0.0.1:0, 127.0.0.1, 0",
        "[::1]:8080, ::1, 8080",
        "localhost:65535, localhost, 65535"
    })
    void addressesAreReadAsWritten(String text, String host, int port) {
        assertThat(valid("[server]\nlisten = \"" + text + "\"").server().listen())
                .containsExactly(new InetSocketAddress(host, port));
    }

    @Test
    void severalAddressesStandInAList() {
        assertThat(valid("[server]\nlisten = [\"127.0.0.1:1\", \"[::1]:1\"]")
                        .server()
                        .listen())
                .containsExactly(new InetSocketAddress("127.0.0.1", 1), new InetSocketAddress("::1", 1));
    }

    @Test
    void numbersAndFlagsMayStandInTexts() {
        var settings = valid(
                "[server]\ngzip = \"${GZIP}\"\n[server.limits]\nbatch = \"${BATCH:-7}\"\n[dispatch]\nretry_budget = \"0.5\"",
                Map.of("GZIP", "false"));

        assertThat(settings.server().gzip()).isFalse();
        assertThat(settings.server().limits().batch()).isEqualTo(7);
        assertThat(settings.dispatch().retryBudget()).isEqualTo(0.5);
    }

    @Test
    void wholeNumberServesWhereAFractionMay() {
        assertThat(valid("[dispatch]\nretry_budget = 1").dispatch().retryBudget())
                .isEqualTo(1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0001", "1e-4", "1.0E-4", "\"0.0001\"", "1.5e-7", "250e3"})
    void anyWayToWriteANumberIsRead(String text) {
        BigDecimal said = new BigDecimal(text.replace("\"", ""));

        assertThat(valid("[policy.transactions]\nmax_fee = " + text)
                        .policy()
                        .general()
                        .callers()
                        .transactions()
                        .maxFee())
                .isEqualByComparingTo(said);
    }

    @ParameterizedTest
    @CsvSource({"io_uring, IO_URING", "epoll, EPOLL", "nio, NIO", "auto, "})
    void transportMayBeForced(String word, Transport forced) {
        assertThat(valid("[event_loops]\ntransport = \"" + word + "\"").loops().forced())
                .isEqualTo(forced);
    }

    @Test
    void aNodeIsReadWhole() {
        var toml = """
                [chains.mainnet.nodes.geth-1]
                url = "https://10.0.0.5:8545/rpc?a=b"
                ws_url = "ws://10.0.0.5:8546"
                role = "rented"
                weight = 5
                capacity = 6
                labels = { zone = "a", client = "geth" }
                headers = { X-Key = "k" }
                auth = { user = "u", password = "p" }
                tls = { ca = "pom.xml" }
                """;

        var node = node(valid(toml), "mainnet", "geth-1");

        assertThat(node.id().toString()).isEqualTo("mainnet/geth-1");
        assertThat(node.role()).isEqualTo(Role.RENTED);
        assertThat(node.weight()).isEqualTo(5);
        assertThat(node.capacity()).isEqualTo(6);
        assertThat(node.labels()).isEqualTo(Map.of("zone", "a", "client", "geth"));
        assertThat(node.endpoint().http()).isEqualTo(URI.create("https://10.0.0.5:8545/rpc?a=b"));
        assertThat(node.endpoint().ws()).isEqualTo(URI.create("ws://10.0.0.5:8546"));
        assertThat(node.endpoint().headers()).isEqualTo(Map.of("X-Key", "k"));
        assertThat(node.endpoint().auth()).isEqualTo(new BasicAuth("u", "p"));
        assertThat(node.endpoint().tls()).isEqualTo(new Tls(Path.of("pom.xml"), null, null));
    }

    @Test
    void credentialsInTheUrlAreBasicAuthentication() {
        var node = node(valid("[chains.m.nodes.a]\nurl = \"http://u:p@a\"\nws_url = \"ws://u:p@a\""), "m", "a");

        assertThat(node.endpoint().http()).isEqualTo(URI.create("http://a"));
        assertThat(node.endpoint().auth()).isEqualTo(new BasicAuth("u", "p"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://mainnet.infura.io/v3/k, RENTED",
        "https://infura.io, RENTED",
        "https://notinfura.io, OWN",
        "https://infura.io.evil.example, OWN",
        "https://rpc.ankr.com/eth, RENTED",
        "https://x.quiknode.pro/k, RENTED",
        "http://10.0.0.5:8545, OWN"
    })
    void aProvidersHostIsRentedUnlessTheFileSaysOtherwise(String url, Role role) {
        var toml = "[chains.m.nodes.a]\nurl = \"" + url + "\"\n";

        assertThat(node(valid(toml), "m", "a").role()).isEqualTo(role);
        assertThat(node(valid(toml + "role = \"own\""), "m", "a").role()).isEqualTo(Role.OWN);
    }

    @ParameterizedTest
    @CsvSource({
        "1, PT12S",
        "100, PT5S",
        "137, PT2S",
        "10, PT2S",
        "8453, PT2S",
        "42161, PT0.25S",
        "56, PT0.75S",
        "99999, PT12S"
    })
    void blockTimeFollowsTheIdUnlessTheFileSaysOtherwise(long id, Duration blockTime) {
        var toml = "[chains.m]\nid = " + id + "\n";

        assertThat(chain(valid(toml), "m").chain().probing().blockTime()).isEqualTo(blockTime);
        assertThat(chain(valid(toml + "block_time = \"7s\""), "m")
                        .chain()
                        .probing()
                        .blockTime())
                .isEqualTo(Duration.ofSeconds(7));
    }

    /// A group that claims methods opens them to everybody; what is for one tenant alone has a route alone.
    @Test
    void aGroupThatOnlyARouteLeadsToNeedsNoMethods() {
        String group = NODE + "[chains.mainnet.groups.archive]\nnodes = [\"geth-1\"]\n";
        String route = "[[routes]]\ntenant = \"a\"\nmethods = [\"trace_*\"]\ngroup = \"archive\"\n";

        assertThat(chain(valid(group + route), "mainnet").groups())
                .extracting(Group::methods)
                .allMatch(List::isEmpty);
        assertThat(Toml.faults(group + route + "chain = \"other\"\n"))
                .anyMatch(fault -> fault.contains("a route that names"));
    }

    @Test
    void chainWithoutGroupsHasTheDefaultGroup() {
        assertThat(chain(valid(NODE), "mainnet").groups()).containsExactly(Group.DEFAULT);
    }

    @Test
    void declaredDefaultGroupTakesItsPlace() {
        var toml = NODE + "[chains.mainnet.groups.default]\nstrategy = \"ordered\"\nnodes = \"geth-1\"";

        assertThat(chain(valid(toml), "mainnet").groups())
                .containsExactly(new Group("default", List.of("geth-1"), Group.Strategy.ORDERED, List.of()));
    }

    @Test
    void chainWithNothingButALeaderIsWorthANotice() {
        assertThat(notices("[chains.mainnet]\nleaders = \"geth-1\"\n" + NODE))
                .containsExactly("fairlead.toml:2:1: chains.mainnet.leaders: every node of the chain is a leader, so "
                        + "calls go to them as last resort only");
    }

    @Test
    void chainWithoutNodesIsWorthANotice() {
        assertThat(notices("[chains.mainnet]\nid = 1"))
                .containsExactly(
                        "fairlead.toml:1:1: chains.mainnet: the chain has no nodes in this file; until some are "
                                + "added, its calls get 503");
    }

    @Test
    void anAttemptAsLongAsTheCallIsWorthANotice() {
        assertThat(notices("[server.timeouts]\ncall = \"4s\""))
                .singleElement()
                .asString()
                .contains("no second node");
    }

    @Test
    void aLimitBySenderNeedsNoRoomForCallsThatBringNoTransaction() {
        assertThat(valid("policy.credits = { eth_getLogs = 20 }\n[[limits]]\nper = [\"sender\"]\nrate = \"2/m\"")
                        .policy()
                        .limits())
                .hasSize(1);
    }

    @Test
    void oneOfTwoWaysToSpareNodesIsWorthANotice() {
        assertThat(notices("[dispatch]\nout_of_service = \"30s\"\neject = \"2s\""))
                .anyMatch(notice -> notice.startsWith("fairlead.toml:2:1: dispatch.out_of_service: counts instead"));
        assertThat(notices("[dispatch]\nout_of_service = \"30s\"")).noneMatch(notice -> notice.contains("counts"));
    }

    @Test
    void aByteOrderMarkIsNotPartOfTheFile() {
        assertThat(valid("\uFEFF" + NODE).chains()).hasSize(1);
    }

    @Test
    void adminOnEveryInterfaceIsFineWithAToken() {
        var admin = valid("[admin]\nlisten = \":8081\"\ntoken = \"0123456789\"").admin();

        assertThat(admin.token()).isEqualTo("0123456789");
    }
}
