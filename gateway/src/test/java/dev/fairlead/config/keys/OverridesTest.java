package dev.fairlead.config.keys;

import static dev.fairlead.config.Toml.NODE;
import static dev.fairlead.config.Toml.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.config.EveryKeyTest;
import dev.fairlead.config.keys.Overrides.Merged;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.Node.Role;
import dev.fairlead.core.net.Transport;
import dev.fairlead.core.url.NameRule;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {
    @Test
    void nothingSaidChangesNothing() {
        assertThat(Overrides.NONE.over(EveryKeyTest.read())).isEqualTo(new Merged.Good(EveryKeyTest.read()));
    }

    @Test
    void nodesMakeAChainOfTheirOwnWhenTheFileHasNone() {
        var chain = sole(merged(nodes("http://127.0.0.1:8545", "https://mainnet.infura.io/v3/k"), Settings.DEFAULT));

        assertThat(chain.chain().name()).isEqualTo("default");
        assertThat(chain.chain().declaredId()).isZero();
        assertThat(chain.chain().leaders()).isEmpty();
        assertThat(chain.groups()).containsExactly(Group.DEFAULT);
        assertThat(chain.nodes())
                .extracting(node -> node.id().toString())
                .containsExactly("default/127-0-0-1-8545", "default/mainnet-infura-io");
        assertThat(chain.nodes()).extracting(node -> node.role()).containsExactly(Role.OWN, Role.RENTED);
    }

    @Test
    void nodesJoinTheSoleChainOfTheFile() {
        var chain = sole(merged(nodes("http://127.0.0.1:8545"), valid(NODE)));

        assertThat(chain.chain().name()).isEqualTo("mainnet");
        assertThat(chain.nodes())
                .extracting(node -> node.id().toString())
                .containsExactly("mainnet/geth-1", "mainnet/127-0-0-1-8545");
    }

    @Test
    void nodesWithSeveralChainsAreAFault() {
        var file = valid("[chains.a]\n[chains.b]");

        assertThat(faults(nodes("http://a"), file))
                .containsExactly("--node: the file declares 2 chains (a, b), so it is not clear which one is meant; "
                        + "declare the node in the file");
    }

    @Test
    void theLeaderGoesBeforeTheFilesLeaders() {
        var file = valid("[chains.mainnet]\nleaders = [\"geth-1\"]\n" + NODE);

        var chain = sole(merged(leader("http://leader"), file));

        assertThat(chain.chain().leaders()).containsExactly("leader", "geth-1");
    }

    @Test
    void aNodeOfTheFileMayBecomeTheLeader() {
        var chain = sole(merged(leader("http://10.0.0.5:8545"), valid(NODE)));

        assertThat(chain.chain().leaders()).containsExactly("geth-1");
        assertThat(chain.nodes()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8545, 127-0-0-1-8545",
        "http://[::1]:8545, 1-8545",
        "http://Geth.Internal, geth-internal",
        "http://geth-1.internal.:80, geth-1-internal-80"
    })
    void namesAreMadeOfHostAndPort(String url, String name) {
        assertThat(sole(merged(nodes(url), Settings.DEFAULT)).nodes())
                .singleElement()
                .extracting(node -> node.id().name())
                .isEqualTo(name);
    }

    @Test
    void namesAreUniqueAndNotTooLong() {
        String host = ("a".repeat(40) + ".").repeat(3) + "example";
        var chain = sole(merged(nodes("http://" + host + "/1", "http://" + host + "/2"), Settings.DEFAULT));

        assertThat(chain.nodes())
                .extracting(node -> node.id().name())
                .doesNotHaveDuplicates()
                .allMatch(name -> NameRule.NODE.objection(name) == null);
    }

    @Test
    void credentialsInTheUrlAreTaken() {
        var chain = sole(merged(nodes("http://u:p@a"), Settings.DEFAULT));

        assertThat(chain.nodes())
                .singleElement()
                .extracting(node -> node.endpoint().auth())
                .isEqualTo(new BasicAuth("u", "p"));
    }

    @Test
    void listenersStoreAndTransportAreReplaced() {
        var settings =
                merged(new Overrides(List.of(), null, ":9090", "[::1]:9091", Path.of("d"), "nio"), Settings.DEFAULT);

        assertThat(settings.server().listen()).containsExactly(new InetSocketAddress(9090));
        assertThat(settings.admin().listen()).isEqualTo(new InetSocketAddress("::1", 9091));
        assertThat(settings.store().directory()).isEqualTo(Path.of("d"));
        assertThat(settings.loops().forced()).isEqualTo(Transport.NIO);
    }

    @Test
    void allFaultsAreToldAtOnce() {
        var overrides = new Overrides(List.of("x", "http://a", "http://a"), "ftp://b", "80", ":1", null, "carrier");

        assertThat(faults(overrides, Settings.DEFAULT))
                .satisfiesExactly(
                        fault -> assertThat(fault).startsWith("--listen: expected an address such as"),
                        fault -> assertThat(fault).startsWith("--admin-listen: expected a loopback address"),
                        fault -> assertThat(fault).startsWith("--transport: expected auto"),
                        fault -> assertThat(fault).startsWith("--leader: expected http://host"),
                        fault -> assertThat(fault).startsWith("--node: expected http://host"),
                        fault -> assertThat(fault).startsWith("--node: the chain default has this URL already"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080, , server.listen",
        "http://localhost:8081/, , admin.listen",
        "http://127.0.0.1:9090, 127.0.0.1:9090, server.listen",
        "http://127.0.0.1:9090, :9090, server.listen"
    })
    void aNodeThatIsTheGatewayItselfIsTold(String url, @Nullable String listen, String key) {
        var overrides = new Overrides(List.of(url), null, listen, null, null, null);

        assertThat(overrides.over(Settings.DEFAULT))
                .isInstanceOfSatisfying(
                        Merged.Good.class,
                        good -> assertThat(good.notices())
                                .singleElement()
                                .asString()
                                .contains("itself", key));
    }

    @Test
    void aNodeOfTheCommandLineIsKnownAsSuch() {
        Settings merged = merged(nodes("http://127.0.0.1:1"), Settings.DEFAULT);

        assertThat(merged.chains().getFirst().nodes().getFirst().origin()).isEqualTo(Node.Origin.COMMAND_LINE);
    }

    @Test
    void whatTheFileShowsAloneIsNotToldTwice() {
        Settings file = merged(nodes("http://127.0.0.1:8080"), Settings.DEFAULT);

        assertThat(Overrides.NONE.over(file))
                .isInstanceOfSatisfying(
                        Merged.Good.class, good -> assertThat(good.notices()).isEmpty());
        assertThat(new Overrides(List.of(), null, "127.0.0.1:9090", null, null, null).over(file))
                .isInstanceOfSatisfying(
                        Merged.Good.class, good -> assertThat(good.notices()).isEmpty());
    }

    private static Overrides nodes(String... urls) {
        return new Overrides(List.of(urls), null, null, null, null, null);
    }

    private static Overrides leader(@Nullable String url) {
        return new Overrides(List.of(), url, null, null, null, null);
    }

    private static Settings merged(Overrides overrides, Settings file) {
        Merged merged = overrides.over(file);
        assertThat(merged).isInstanceOf(Merged.Good.class);
        return ((Merged.Good) merged).settings();
    }

    private static List<String> faults(Overrides overrides, Settings file) {
        Merged merged = overrides.over(file);
        assertThat(merged).isInstanceOf(Merged.Bad.class);
        return ((Merged.Bad) merged).faults();
    }

    private static ChainPlan sole(Settings settings) {
        assertThat(settings.chains()).hasSize(1);
        return settings.chains().getFirst();
    }
}
