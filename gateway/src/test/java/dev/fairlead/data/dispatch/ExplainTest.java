package dev.fairlead.data.dispatch;

import static dev.fairlead.data.dispatch.Fleets.forked;
import static dev.fairlead.data.dispatch.Fleets.ready;
import static dev.fairlead.data.dispatch.Fleets.wrongChain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.data.dispatch.Explanation.Choice;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainTest {
    private final Explain explain = new Explain(new Traffic(() -> 0));

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

        Explanation told = explain.explain(fleets.chain(), "eth_getBlockByNumber", Slice.of("[\"0x64\",false]"));

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
        Explanation told = explain.explain(new Fleets().chain(), "eth_chainId", Slice.NONE);

        assertThat(told.nodes()).isEmpty();
        assertThat(told.summary()).contains("nobody can be asked");
    }

    @Test
    void aMethodThatIsRefusedIsExplainedSo() {
        var chain = Fleets.of("a", "b").chain();

        Explanation order = explain.explain(chain, "admin_peers", Slice.NONE);
        Explanation filter = explain.explain(chain, "eth_newFilter", Slice.of("[{}]"));
        Explanation alone = explain.explain(Fleets.of("a").chain(), "eth_newFilter", Slice.of("[{}]"));

        assertThat(order.summary()).startsWith("refused: the method admin_peers does not exist/is not available here");
        assertThat(order.nodes()).extracting(Choice::position).containsExactly(0, 0);
        assertThat(filter.summary()).contains("several nodes may serve");
        assertThat(alone.nodes()).extracting(Choice::position).containsExactly(1);
    }
}
