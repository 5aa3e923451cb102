package dev.fairlead.control.judge;

import static dev.fairlead.control.judge.LedChain.MAIN;
import static dev.fairlead.control.judge.LedChain.NOW;
import static dev.fairlead.control.judge.LedChain.TOP;
import static dev.fairlead.control.judge.LedChain.led;
import static dev.fairlead.control.judge.LedChain.node;
import static dev.fairlead.control.judge.LedChain.words;
import static dev.fairlead.control.judge.Rehearsal.chain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.NodeId;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The lag that is shown of a node that does not serve, and of a pending block.
class LagOfNodesTest {
    private final ScriptedNode leader = node();
    private final ScriptedNode a = node();
    private final ScriptedNode b = node();
    private final ScriptedNode c = node();

    @Test
    void theLagOfANodeThatIsDownGrows() {
        var chain = led(leader, a, b);
        chain.round();
        a.silent("refused");

        for (int i = 1; i <= 30; i++) {
            chain.pass(Duration.ofSeconds(12));
            leader.at(TOP + i);
            b.at(TOP + i);
            chain.round();
        }

        assertThat(chain.word("a")).isEqualTo("unreachable");
        assertThat(state(chain, "a").lag()).isEqualTo(new Lag(30, Duration.ofSeconds(29 * 12)));
        assertThat(state(chain, "a").head())
                .isNotNull()
                .satisfies(head -> assertThat(head.number()).isEqualTo(TOP));
    }

    @Test
    void aForkedNodeHasALagToo() {
        var chain = led(leader, a, b, c.on(MAIN.fork(TOP - 50, "b")).at(TOP - 7));

        chain.rounds(2);

        assertThat(chain.word("c")).isEqualTo("forked");
        assertThat(state(chain, "c").lag())
                .isNotNull()
                .satisfies(lag -> assertThat(lag.blocks()).isEqualTo(7));
    }

    @Test
    void whenNobodyAnswersTheLagIsStillMeasuredAgainstTheLastReference() {
        var chain =
                new Rehearsal(chain(1, "leader"), NOW).with("b", b.at(TOP - 3)).with("leader", leader);
        chain.round();

        Stream.of(b, leader).forEach(node -> node.silent("refused"));
        chain.rounds(5);

        assertThat(state(chain, "b").lag())
                .isNotNull()
                .satisfies(lag -> assertThat(lag.blocks()).isEqualTo(3));
    }

    @Test
    void aNodeOfAnotherChainHasNoLag() {
        var chain = led(leader, a, b.chainId(5));

        chain.rounds(2);

        assertThat(state(chain, "b").lag()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "10,0", "11,11", "400,400"})
    void aPendingBlockBeyondTheToleranceIsMarked(long behind, long marked) {
        var chain = led(leader, a.pending(TOP - behind), b);

        chain.rounds(2);

        assertThat(state(chain, "a").pendingBehind()).isEqualTo(marked);
        assertThat(state(chain, "b").pendingBehind()).isZero();
        assertThat(words(chain, "leader", "a", "b")).containsOnly("ready");
        assertThat(state(chain, "a").evidence().contains("pending is " + behind + " blocks behind"))
                .isEqualTo(marked > 0);
    }

    @Test
    void aPendingBlockThatIsBehindNowAndThenStaysMarked() {
        var chain = led(leader, a, b);
        chain.round();
        for (int i = 0; i < 8; i++) {
            a.pending(i % 2 == 0 ? TOP - 300 : TOP + 1);
            chain.rounds(8);
            assertThat(state(chain, "a").pendingBehind()).isEqualTo(300);
        }

        a.pending(TOP + 1);
        chain.rounds(16);

        assertThat(state(chain, "a").pendingBehind()).isZero();
    }

    @Test
    void aNodeWithoutAPendingBlockIsNotAtFault() {
        var chain = led(leader, a.pending(-1), b.pending(TOP));

        chain.rounds(30);

        assertThat(state(chain, "a").pendingBehind()).isZero();
        assertThat(state(chain, "b").pendingBehind()).isZero();
    }

    private static NodeState state(Rehearsal chain, String name) {
        NodeState state = chain.state().node(new NodeId("mainnet", name));
        if (state == null) throw new AssertionError("unknown node " + name);
        return state;
    }
}
