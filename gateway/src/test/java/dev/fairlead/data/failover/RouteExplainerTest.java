package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.Fleets.forked;
import static dev.fairlead.data.failover.Fleets.ready;
import static dev.fairlead.data.failover.Fleets.wrongChain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.fleet.Explanation;
import dev.fairlead.core.fleet.Explanation.Choice;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.data.load.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RouteExplainerTest {
    private final RouteExplainer routeExplainer = new RouteExplainer(new Traffic(() -> 0));

    @Test
    void everyNodeHasAPositionOrAReason() {
        Fleets fleets = new Fleets()
                .node("low", ready(90))
                .node("high", ready(100))
                .node("fork", forked())
                .node("wrong", wrongChain())
                .node("other", ready(100))
                .leader("leader", ready(100))
                .group("default", Group.Strategy.ORDERED, List.of("low", "high", "fork", "wrong"));

        Explanation told =
                routeExplainer.explain(fleets.chain(), null, "eth_getBlockByNumber", Slice.of("[\"0x64\",false]"));

        assertThat(told.summary()).isEqualTo("group default (ordered), names block 100");
        assertThat(told.nodes())
                .containsExactly(
                        new Choice("high", 1, "own node that serves; block 100, at the head"),
                        new Choice("leader", 2, "leader, as last resort; block 100, at the head"),
                        new Choice(
                                "low",
                                0,
                                "has not reached the block that the call names, and others have; block 90, at the"
                                        + " head"),
                        new Choice("fork", 0, "on another branch: another hash at 90"),
                        new Choice("wrong", 0, "answers for another chain: expected 1, found 5"),
                        new Choice("other", 0, "not in this group"));
    }

    @Test
    void aChainWithoutNodesIsExplainedToo() {
        Explanation told = routeExplainer.explain(new Fleets().chain(), null, "eth_gasPrice", Slice.NONE);

        assertThat(told.nodes()).isEmpty();
        assertThat(told.summary()).contains("nobody can be asked");
    }

    @Test
    void whatTheGatewayAnswersItselfIsExplainedSo() {
        var chain = Fleets.of("a").id(61).network("1").chain();

        Explanation id = routeExplainer.explain(chain, null, "eth_chainId", Slice.NONE);
        Explanation network = routeExplainer.explain(chain, null, "net_version", Slice.NONE);
        Explanation unknown = routeExplainer.explain(Fleets.of("a").chain(), null, "net_version", Slice.NONE);

        assertThat(id.summary()).isEqualTo("answered by the gateway itself: 0x3d");
        assertThat(id.nodes()).containsExactly(new Choice("a", 0, "not asked: the gateway knows the answer"));
        assertThat(network.summary()).isEqualTo("answered by the gateway itself: 1");
        assertThat(unknown.nodes()).extracting(Choice::position).containsExactly(1);
    }

    @Test
    void aStrategyIsSpelledAsInTheConfiguration() {
        for (Group.Strategy strategy : Group.Strategy.values()) {
            Fleets fleets = Fleets.of("a").group("default", strategy, List.of());

            assertThat(routeExplainer
                            .explain(fleets.chain(), null, "eth_gasPrice", Slice.NONE)
                            .summary())
                    .isEqualTo("group default (" + strategy.name().toLowerCase(Locale.ROOT) + ")");
        }
    }

    @Test
    void aNodeThatKeepsLessIsAskedLastForWhatIsOldAndSaysSo() {
        var nodes = new ScriptedNodes(Fleets.of("short", "archive").ordered());
        nodes.traffic.chain(Fleets.CHAIN).floor().served(BlockRef.Tag.LATEST, 100_000);
        nodes.traffic.node(Fleets.id("short")).foundToKeepLess(nodes.traffic.now());
        Slice old = Slice.of("[\"0x" + "1".repeat(64) + "\"]");

        Explanation told = explained(nodes, "eth_getTransactionReceipt", old);
        Explanation other = explained(nodes, "eth_gasPrice", Slice.NONE);

        assertThat(told.nodes()).extracting(Choice::node).containsExactly("archive", "short");
        assertThat(told.nodes().getLast().reason()).contains("lack old blocks or transactions", "asked last");
        assertThat(told.nodes().getFirst().reason()).doesNotContain("lack old");
        assertThat(other.nodes().toString()).doesNotContain("lack old");
    }

    @Test
    void nodesThatLackTheMethodStandInTheOrderInWhichTheyAreAskedAndSaySo() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());
        nodes.traffic
                .node(Fleets.id("b"))
                .lacking("eth_gasPrice", Duration.ofMinutes(10).toNanos(), nodes.traffic.now());
        nodes.pass(Duration.ofSeconds(7));
        nodes.traffic
                .node(Fleets.id("a"))
                .lacking("eth_gasPrice", Duration.ofMinutes(10).toNanos(), nodes.traffic.now());
        nodes.pass(Duration.ofSeconds(2));

        Explanation told = explained(nodes, "eth_gasPrice", Slice.NONE);

        assertThat(told.nodes()).extracting(Choice::node).containsExactly("c", "b", "a");
        assertThat(told.nodes().get(1).reason())
                .contains("does not offer this method, 9 s ago", "for 591 s at most", "asked after the others");
        assertThat(told.nodes().getLast().reason()).contains("2 s ago");
    }

    @Test
    void theNodeThatTookWhatWasSentIsAskedFirstForThePendingCountAndSaysSo() {
        var nodes = new ScriptedNodes(Fleets.of("a", "b", "c").ordered());
        String hash = "0x" + "2".repeat(64);
        nodes.traffic.chain(Fleets.CHAIN).recentSends().took(hash, Fleets.id("c"), nodes.traffic.now());
        String address = "\"0x" + "3".repeat(40) + "\"";

        Explanation pending = explained(nodes, "eth_getTransactionCount", Slice.of("[" + address + ",\"pending\"]"));
        Explanation latest = explained(nodes, "eth_getTransactionCount", Slice.of("[" + address + ",\"latest\"]"));
        nodes.pass(Duration.ofSeconds(60));
        Explanation later = explained(nodes, "eth_getTransactionCount", Slice.of("[" + address + ",\"pending\"]"));

        assertThat(pending.nodes()).extracting(Choice::node).containsExactly("c", "a", "b");
        assertThat(pending.nodes().getFirst().reason()).contains("took 1 of what was sent lately");
        assertThat(latest.nodes().toString()).doesNotContain("sent lately");
        assertThat(later.nodes()).extracting(Choice::node).containsExactly("a", "b", "c");
        assertThat(later.nodes().toString()).doesNotContain("sent lately");
    }

    @Test
    void aNodeThatIsBehindWhatClientsWereShownSaysSo() {
        var nodes = new ScriptedNodes(Fleets.of("low", "high").ordered());
        nodes.traffic.chain(Fleets.CHAIN).floor().served(BlockRef.Tag.LATEST, 101);
        nodes.traffic.node(Fleets.id("high")).showed(101, nodes.traffic.now());

        Explanation told = explained(nodes, "eth_getBalance", Slice.of("[\"0x0\",\"latest\"]"));

        assertThat(told.nodes()).extracting(Choice::node).containsExactly("high", "low");
        assertThat(told.nodes().getLast().reason()).contains("has not shown block 101, which clients were shown");
    }

    private static Explanation explained(ScriptedNodes nodes, String method, Slice params) {
        ChainState chain = Objects.requireNonNull(nodes.board.now().chain(Fleets.CHAIN));
        return new RouteExplainer(nodes.traffic).explain(chain, null, method, params);
    }

    @Test
    void aMethodThatIsRefusedIsExplainedSo() {
        var chain = Fleets.of("a", "b").chain();

        Explanation filter = routeExplainer.explain(chain, null, "eth_newFilter", Slice.of("[{}]"));
        Explanation alone = routeExplainer.explain(Fleets.of("a").chain(), null, "eth_newFilter", Slice.of("[{}]"));

        assertThat(filter.summary())
                .startsWith("refused: the method eth_newFilter does not exist/is not available here");
        assertThat(filter.nodes()).extracting(Choice::position).containsExactly(0, 0);
        assertThat(filter.summary()).contains("several nodes may serve");
        assertThat(alone.nodes()).extracting(Choice::position).containsExactly(1);
    }
}
