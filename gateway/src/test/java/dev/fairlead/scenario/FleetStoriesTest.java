package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// What may befall a fleet, while viem, ethers and web3j call all the while. In every story no call fails, no head goes
/// back, and every block, balance and transaction is that of the chain.
@Tag("real")
class FleetStoriesTest {
    private static final Duration BLOCK_TIME = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;

    private static AnvilNetwork network;
    private static GatewayProcess gateway;
    private static int port;
    private static int adminPort;

    /// Nodes 0, 1 and 2 are own nodes; node 3 is the leader.
    @BeforeAll
    static void aGatewayOverThreeNodesAndALeader() {
        network = AnvilNetwork.start(4, BLOCK_TIME);
        port = Anvil.freePort();
        adminPort = Anvil.freePort();
        gateway = GatewayProcess.serve(configuration("fairlead.toml", 3), port, adminPort);
    }

    @AfterAll
    static void end() {
        if (gateway != null) gateway.close();
        if (network != null) network.close();
    }

    @Test
    void aNodeIsKilledAndComesBack() {
        story(() -> {
            network.node(0).kill();
            gateway.awaitVerdict("a", "unreachable", SOON);
            Await.forAWhile(Duration.ofSeconds(2));
            network.revive(network.node(0));
            gateway.awaitVerdict("a", "ready", SOON);
        });
    }

    @Test
    void aNodeHangsAndComesBack() {
        story(() -> {
            network.node(1).hang();
            gateway.awaitVerdict("b", "unreachable", SOON);
            Await.forAWhile(Duration.ofSeconds(2));
            network.node(1).resume();
            gateway.awaitVerdict("b", "ready", SOON);
        });
    }

    @Test
    void aNodeLagsAndCatchesUp() {
        story(() -> {
            network.holdBack(network.node(2), 1_000);
            gateway.awaitVerdict("c", "lagging", SOON);
            Await.forAWhile(Duration.ofSeconds(1));
            network.holdBack(network.node(2), 0);
            gateway.awaitVerdict("c", "ready", SOON);
        });
    }

    /// The node goes its own way at the pace of the network. A block that it alone has shown so far cannot be known to
    /// be wrong; once the majority has another one at that height, the node serves no more.
    @Test
    void aNodeForksAndRejoins() {
        var split = new AtomicLong();
        story(
                () -> {
                    network.detach(network.node(0));
                    split.set(network.node(0).height());
                    for (int i = 0; i < 4; i++) {
                        network.node(0).call("anvil_setNextBlockBaseFeePerGas", "0x3b9aca07"); // a block like no other
                        network.node(0).call("evm_mine");
                        Await.forAWhile(BLOCK_TIME);
                    }
                    gateway.awaitVerdict("a", "forked", SOON);
                    Await.forAWhile(Duration.ofSeconds(2));
                    network.attach(network.node(0));
                    gateway.awaitVerdict("a", "ready", SOON);
                },
                height -> height > split.get() && height <= split.get() + 4);
    }

    @Test
    void theLeaderDiesAndReturns() {
        story(() -> {
            network.node(3).kill();
            gateway.awaitVerdict("leader", "unreachable", SOON);
            assertThat(reference()).contains("agreement at");
            assertThat(List.of(gateway.verdict("a"), gateway.verdict("b"), gateway.verdict("c")))
                    .containsOnly("ready");
            network.revive(network.node(3));
            gateway.awaitVerdict("leader", "ready", SOON);
            Await.until("the leader leads again", SOON, () -> reference().startsWith("leader "));
        });
    }

    /// It is silent while it changes its mind: a probe that sees its old head and its new blocks would believe the lie.
    @Test
    void theLeaderLiesHigh() {
        story(() -> {
            network.detach(network.node(3));
            network.node(3).call("anvil_mine", "0x28");
            Await.until("the leader is not believed", SOON, () -> reference().contains("agreement at"));
            Await.forAWhile(Duration.ofSeconds(3));
            assertThat(List.of(gateway.verdict("a"), gateway.verdict("b"), gateway.verdict("c")))
                    .containsOnly("ready");
            network.node(3).kill();
            network.revive(network.node(3));
            Await.until("the leader leads again", SOON, () -> reference().startsWith("leader "));
        });
    }

    @Test
    void theLeaderLiesLow() {
        story(() -> {
            network.holdBack(network.node(3), 1_000);
            Await.until("the leader is not believed", SOON, () -> reference().contains("agreement at"));
            Await.forAWhile(Duration.ofSeconds(2));
            assertThat(List.of(gateway.verdict("a"), gateway.verdict("b"), gateway.verdict("c")))
                    .containsOnly("ready");
            network.holdBack(network.node(3), 0);
            Await.until("the leader leads again", SOON, () -> reference().startsWith("leader "));
        });
    }

    /// One after the other, within two blocks. A transaction that only nodes had which died in the same instant would
    /// be lost, with or without a gateway.
    @Test
    void allOwnNodesDieAndReturn() {
        story(() -> {
            for (int i = 0; i < 3; i++) {
                network.node(i).kill();
                Await.forAWhile(BLOCK_TIME);
            }
            for (String name : List.of("a", "b", "c")) gateway.awaitVerdict(name, "unreachable", SOON);
            Await.forAWhile(Duration.ofSeconds(2));
            for (int i = 0; i < 3; i++) network.revive(network.node(i));
            for (String name : List.of("a", "b", "c")) gateway.awaitVerdict(name, "ready", SOON);
        });
    }

    @Test
    void theConfigurationIsReloadedUnderLoad() {
        story(() -> {
            for (int nodes : new int[] {2, 3, 1, 3}) {
                configuration("fairlead.toml", nodes);
                gateway.hangUp();
                Await.until(
                        nodes + " nodes and the leader",
                        SOON,
                        () -> gateway.nodes().size() == nodes + 1);
                Await.forAWhile(Duration.ofSeconds(1));
            }
            for (String name : List.of("a", "b", "c")) gateway.awaitVerdict(name, "ready", SOON);
        });
    }

    @Test
    void theGatewayIsReplacedByAnother() {
        story(() -> {
            int nextAdmin = Anvil.freePort();
            var next = GatewayProcess.serve(configuration("next.toml", 3, nextAdmin), port, nextAdmin);
            next.awaitVerdict("a", "ready", SOON);
            assertThat(gateway.terminate()).isZero();
            gateway = next;
            adminPort = nextAdmin;
            Await.forAWhile(Duration.ofSeconds(2));
        });
    }

    private static void story(Runnable plot) {
        story(plot, _ -> false);
    }

    private static void story(Runnable plot, LongPredicate quarrelled) {
        for (int i = 0; i < 4; i++) {
            network.attach(network.node(i));
            network.holdBack(network.node(i), 0);
        }
        for (String name : List.of("a", "b", "c", "leader")) gateway.awaitVerdict(name, "ready", SOON);
        try (var viem = Traffic.viem(gateway.url(), 1);
                var ethers = Traffic.ethers(gateway.url(), 2);
                var web3j = Web3jTraffic.start(gateway.url())) {
            Await.forAWhile(Duration.ofSeconds(1));

            plot.run();

            Await.forAWhile(Duration.ofSeconds(1));
            viem.end().assertRight(network, quarrelled);
            ethers.end().assertRight(network, quarrelled);
            web3j.end().assertRight(network, quarrelled);
        }
    }

    private static String reference() {
        return gateway.status()
                .path("chains")
                .path(0)
                .path("reference")
                .path("text")
                .asString();
    }

    private static Path configuration(String name, int ownNodes) {
        return configuration(name, ownNodes, adminPort);
    }

    private static Path configuration(String name, int ownNodes, int admin) {
        var text = new StringBuilder(
                """
                [server]
                listen = "127.0.0.1:%d"
                [admin]
                listen = "127.0.0.1:%d"
                [store]
                directory = "data-%d"
                [chains.test]
                id = 1337
                leaders = ["leader"]
                block_time = "500ms"
                probe_interval = "500ms"
                probe_timeout = "1s"
                [chains.test.nodes.leader]
                url = "%s"
                """.formatted(port, admin, admin, network.node(3).url()));
        for (int i = 0; i < ownNodes; i++) {
            text.append("""
                    [chains.test.nodes.%s]
                    url = "%s"
                    ws_url = "%s"
                    """.formatted(
                    "abc".charAt(i), network.node(i).url(), network.node(i).wsUrl()));
        }
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
