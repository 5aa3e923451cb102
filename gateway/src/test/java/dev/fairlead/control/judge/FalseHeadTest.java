package dev.fairlead.control.judge;

import static dev.fairlead.control.judge.LedChain.MAIN;
import static dev.fairlead.control.judge.LedChain.NOW;
import static dev.fairlead.control.judge.LedChain.TOP;
import static dev.fairlead.control.judge.LedChain.led;
import static dev.fairlead.control.judge.LedChain.node;
import static dev.fairlead.control.judge.LedChain.words;
import static dev.fairlead.control.judge.Rehearsal.chain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict.Forked;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Heads that are made up, by a leader or by a node, and what is no more than odd.
class FalseHeadTest {
    private final ScriptedNode leader = node();
    private final ScriptedNode a = node();
    private final ScriptedNode b = node();

    @Test
    void aLeaderThatCountsUpIsFoundOut() {
        var chain = led(leader, a);
        chain.round();

        leader.claims(TOP + 1000);
        chain.rounds(2);

        assertThat(chain.word("a")).isEqualTo("ready");
        assertThat(chain.verdict("leader")).isInstanceOf(Forked.class);
        assertThat(chain.verdict("leader").evidence()).contains("implausibly far ahead: 1000 blocks");
        assertThat(chain.state().reference()).isInstanceOf(Reference.Agreement.class);
    }

    @Test
    void aLeaderThatCountsUpFromTheStartIsFoundOut() {
        var chain = led(leader, a, b);
        leader.claims(TOP + 1000);

        chain.round();

        assertThat(words(chain, "leader", "a", "b")).containsExactly("forked", "ready", "ready");
    }

    @Test
    void aLeaderThatShowsBlocksOfTheFutureIsFoundOut() {
        var chain = led(leader, a, b);
        chain.round();

        leader.at(TOP + 3000);
        chain.rounds(3);

        assertThat(words(chain, "a", "b")).containsOnly("ready");
        assertThat(chain.verdict("leader").evidence())
                .startsWith("implausibly far ahead: 3000 blocks, but its newest block is dated 35")
                .endsWith(" s in the future, and the others' are of now");
        assertThat(chain.state().reference()).isInstanceOf(Reference.Agreement.class);
    }

    @Test
    void datesOfTheFutureThatAllNodesShowAreAPropertyOfTheChain() {
        var chain = new Rehearsal(chain(1, "leader"), NOW.minus(Duration.ofDays(3)))
                .with("leader", leader)
                .with("a", a)
                .with("b", b);
        chain.round();

        leader.at(TOP + 3000);
        chain.rounds(3);

        assertThat(chain.state().reference()).isInstanceOf(Reference.Leader.class);
        assertThat(words(chain, "a", "b")).containsOnly("lagging");
    }

    @Test
    void aLeaderThatIsLeftBehindByItsNodesIsNotFollowed() {
        var chain = led(leader, a, b);
        chain.round();

        leader.at(TOP - 500);
        chain.rounds(3);

        assertThat(words(chain, "leader", "a", "b")).containsExactly("lagging", "ready", "ready");
    }

    @Test
    void evenASingleNodeCanShowThatItLeftItsLeaderBehind() {
        var chain = led(leader, a);
        chain.round();

        a.at(TOP + 11);
        chain.pass(MAIN.blockTime().multipliedBy(11)).rounds(3);

        assertThat(words(chain, "leader", "a")).containsExactly("lagging", "ready");
        assertThat(chain.state().reference()).isInstanceOf(Reference.Agreement.class);
    }

    @Test
    void aNodeThatCountsUpIsFoundOut() {
        var chain = led(leader, a, b);
        chain.round();

        a.claims(TOP + 1000);
        chain.round();

        assertThat(words(chain, "leader", "a", "b")).containsExactly("ready", "forked", "ready");
    }

    @Test
    void aNodeThatCountsUpWithoutShowingBlocksNeedsSomebodyToConfirmIt() {
        var chain = led(leader, a.without("eth_getBlockByNumber"), b.without("eth_getBlockByNumber"));
        a.at(TOP + 11);
        chain.round();
        assertThat(words(chain, "a", "b")).containsExactly("forked", "ready");

        b.at(TOP + 9);
        chain.rounds(3);
        assertThat(words(chain, "a", "b")).containsOnly("ready");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, 1_767_225_600_000L, 9_000_000_000L})
    void clocksThatAreOddAtEveryNodeAreAPropertyOfTheChain(long genesis) {
        BlockLine odd = BlockLine.from(Instant.ofEpochSecond(genesis)).every(Duration.ofMillis(250));
        Stream.of(leader, a, b).forEach(node -> node.on(odd));
        var chain = led(leader, a, b);

        for (int i = 1; i <= 40; i++) {
            leader.at(TOP + 8L * i);
            a.at(TOP + 8L * i - i % 9);
            b.at(TOP + 8L * i - 10);
            chain.rounds(1);
            assertThat(words(chain, "leader", "a", "b")).containsOnly("ready");
        }
    }
}
