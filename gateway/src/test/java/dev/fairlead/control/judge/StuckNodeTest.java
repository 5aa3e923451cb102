package dev.fairlead.control.judge;

import static dev.fairlead.control.judge.LedChain.MAIN;
import static dev.fairlead.control.judge.LedChain.NOW;
import static dev.fairlead.control.judge.LedChain.TOP;
import static dev.fairlead.control.judge.LedChain.led;
import static dev.fairlead.control.judge.LedChain.node;
import static dev.fairlead.control.judge.LedChain.words;
import static dev.fairlead.control.judge.Rehearsal.chain;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A node that is stuck does not take out the one that goes on, whatever the chain has at the next heights.
class StuckNodeTest {
    private final ScriptedNode leader = node();
    private final ScriptedNode a = node();
    private final ScriptedNode b = node();
    private final ScriptedNode c = node();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 12})
    void aStuckNodeDoesNotTakeOutTheOneThatGoesOnBeyondHeightsWithoutABlock(int empty) {
        for (long height = TOP + 1; height <= TOP + empty; height++)
            Stream.of(leader, a, b).forEach(skip(height));
        var chain = new Rehearsal(chain(1), NOW).with("a", a).with("b", b);
        chain.round();

        assertGoesOn(chain, "b", b, "a");
    }

    @Test
    void aStuckLeaderDoesNotTakeOutTheOneThatGoesOnBeyondAHeightWithoutABlock() {
        Stream.of(leader, a).forEach(skip(TOP + 1));
        var chain = led(leader, a);
        chain.round();

        assertGoesOn(chain, "a", a, "leader");
    }

    @Test
    void aStuckNodeDoesNotTakeOutItsLeader() {
        Stream.of(leader, a).forEach(skip(TOP + 1));
        var chain = led(leader, a);
        chain.round();

        assertGoesOn(chain, "leader", leader, "a");
    }

    @Test
    void aNodeThatObjectsToAHeightWithoutABlockGoesOnAllTheSame() {
        Stream.of(a, b).forEach(skip(TOP + 1));
        var chain = new Rehearsal(chain(1), NOW).with("a", a).with("b", b.objectsToSkipped());
        chain.round();

        assertGoesOn(chain, "b", b, "a");
    }

    @Test
    void parentHashesThatAreNoBlocksHashAreAPropertyOfTheChain() {
        Stream.of(leader, a, b, c).forEach(ScriptedNode::oddParents);
        var chain = led(leader, a, b.at(TOP - 1), c.at(TOP - 5));
        chain.rounds(3);
        assertThat(words(chain, "leader", "a", "b", "c")).containsOnly("ready");

        for (int i = 1; i <= 20; i++) {
            leader.at(TOP + i);
            a.at(TOP + i - 1);
            b.at(TOP + i);
            chain.rounds(6);
            assertThat(words(chain, "leader", "a", "b")).containsOnly("ready");
        }

        assertThat(chain.word("c")).isEqualTo("lagging");
    }

    @Test
    void aStuckNodeDoesNotTakeOutTheOneThatGoesOnWithOddParentHashes() {
        var chain = new Rehearsal(chain(1), NOW).with("a", a.oddParents()).with("b", b.oddParents());
        chain.round();

        assertGoesOn(chain, "b", b, "a");
    }

    @Test
    void aNodeStuckAtABlockThatTheChainDroppedDoesNotTakeOutTheOneThatGoesOn() {
        var chain = new Rehearsal(chain(1), NOW)
                .with("a", a.on(MAIN.fork(TOP, "b")))
                .with("b", b);

        for (int i = 1; i <= 30; i++) {
            chain.pass(Duration.ofSeconds(12));
            b.at(TOP + i);
            chain.rounds(3);
        }

        assertThat(chain.word("b")).isEqualTo("ready");
        assertThat(chain.verdict("a").ready()).isFalse();
    }

    @Test
    void aNodeThatWasStuckLongBeforeWeCameDoesNotTakeOutTheOneThatGoesOn() {
        var chain = new Rehearsal(chain(1), NOW)
                .with("a", a.on(MAIN.fork(TOP - 5000, "b")).at(TOP - 5000))
                .with("b", b);

        chain.rounds(3);

        assertThat(words(chain, "a", "b")).containsExactly("forked", "ready");
    }

    @Test
    void ofTwoNodesThatShowNoBlocksTheOneThatMovesOnIsRightInTheEnd() {
        var chain = new Rehearsal(chain(1), NOW)
                .with("a", a.without("eth_getBlockByNumber"))
                .with("b", b.without("eth_getBlockByNumber"));
        chain.round();

        for (int i = 1; i <= 30; i++) {
            chain.pass(Duration.ofSeconds(12));
            b.at(TOP + i);
            chain.rounds(2);
        }

        assertThat(words(chain, "a", "b")).containsExactly("lagging", "ready");
    }

    private static Consumer<ScriptedNode> skip(long height) {
        return node -> node.skips(height);
    }

    /// One node goes on and is never shown as anything but ready; in the end the other is what it is: late.
    private static void assertGoesOn(Rehearsal chain, String mover, ScriptedNode moves, String stuck) {
        long from = moves.head();
        for (int i = 1; i <= 40; i++) {
            chain.pass(Duration.ofSeconds(12));
            moves.at(moves.line().isSkipped(from + i) ? moves.head() : from + i);
            chain.rounds(3);
            assertThat(chain.word(mover))
                    .as("at %d: %s", from + i, chain.state())
                    .isEqualTo("ready");
        }
        assertThat(chain.word(stuck)).isEqualTo("lagging");
        assertThat(chain.state().head())
                .isNotNull()
                .satisfies(head -> assertThat(head.number()).isEqualTo(from + 40));
    }
}
