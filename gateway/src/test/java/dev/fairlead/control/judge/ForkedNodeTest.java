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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Nodes and leaders on another branch: who is taken for right, and when.
class ForkedNodeTest {
    private final ScriptedNode leader = node();
    private final ScriptedNode a = node();
    private final ScriptedNode b = node();
    private final ScriptedNode c = node();

    @Test
    void aNodeOnAnotherBranchIsQuarantined() {
        var chain = led(leader, a, b, c);
        chain.round();

        c.on(MAIN.fork(TOP - 50, "b"));
        chain.round();

        assertThat(words(chain, "leader", "a", "b", "c")).containsExactly("ready", "ready", "ready", "forked");
    }

    @Test
    void aForkIsFoundAtOnceAlsoWhenTheNodesDoNotMeetAtTheTip() {
        var chain = led(leader, a, b, c.on(MAIN.fork(TOP - 50, "b")).at(TOP - 7));

        chain.round();

        assertThat(words(chain, "leader", "a", "b", "c")).containsExactly("ready", "ready", "ready", "forked");
    }

    @Test
    void aLeaderInTheMinorityIsQuarantined() {
        var chain = led(leader, a, b);
        chain.round();

        leader.on(MAIN.fork(TOP - 50, "b"));
        chain.rounds(2);

        assertThat(words(chain, "leader", "a", "b")).containsExactly("forked", "ready", "ready");
        assertThat(chain.state().reference()).isInstanceOf(Reference.Agreement.class);
    }

    @Test
    void whoWasTheSameFarBelowIsComparedAnew() {
        var chain = led(leader, a, b);
        chain.round();

        leader.on(MAIN.fork(TOP - 2, "b")).at(TOP + 7);
        chain.probe("leader");
        a.at(TOP + 5);
        b.at(TOP + 5);
        chain.rounds(3);

        assertThat(words(chain, "leader", "a", "b")).containsExactly("forked", "ready", "ready");
    }

    @Test
    void aSingleNodeDoesNotOutvoteItsLeader() {
        var chain = led(leader, a.on(MAIN.fork(TOP - 50, "b")));

        chain.rounds(2);

        assertThat(words(chain, "leader", "a")).containsExactly("ready", "forked");
    }

    @Test
    void oneLeaderAndOneNodeMayDifferAtTheTipForAMoment() {
        var chain = led(leader, a);
        chain.round();

        a.on(MAIN.fork(TOP, "b"));
        chain.rounds(2);
        assertThat(chain.word("a")).isEqualTo("ready");

        chain.pass(Duration.ofSeconds(20));
        chain.rounds(2);
        assertThat(chain.word("a")).isEqualTo("forked");
    }

    @Test
    void ofTwoNodesThatSplitTheOneOnTheAgreedBranchStays() {
        var chain = new Rehearsal(chain(1), NOW).with("a", a).with("b", b);
        chain.round();

        a.on(MAIN.fork(TOP - 5, "b")).at(TOP + 1);
        b.at(TOP + 1);
        chain.rounds(2);

        assertThat(words(chain, "a", "b")).containsExactly("forked", "ready");
    }

    @Test
    void ofTwoNodesThatWereNeverSeenTogetherTheFirstDeclaredIsRight() {
        var chain = new Rehearsal(chain(1), NOW).with("a", a).with("b", b.on(MAIN.fork(TOP - 50, "b")));

        chain.rounds(2);

        assertThat(words(chain, "a", "b")).containsExactly("ready", "forked");
    }

    @Test
    void ofTwoNodesTheOneThatMovesOnIsRight() {
        var chain = new Rehearsal(chain(1), NOW).with("a", a).with("b", b);
        chain.round();

        for (int i = 1; i <= 11; i++) {
            b.at(TOP + i);
            chain.pass(Duration.ofSeconds(12));
            chain.round();
        }
        chain.rounds(2);

        assertThat(words(chain, "a", "b")).containsExactly("lagging", "ready");
    }

    @Test
    void ofTwoNodesTheOneThatOnlyClaimsToMoveOnIsWrong() {
        var chain = new Rehearsal(chain(1), NOW).with("a", a).with("b", b);
        chain.round();

        b.claims(TOP + 1000);
        chain.rounds(2);

        assertThat(words(chain, "a", "b")).containsExactly("ready", "forked");
    }

    @Test
    void aBranchWithMoreWeightWins() {
        var chain = new Rehearsal(chain(1), NOW)
                .with("a", 100, a)
                .with("b", 100, b)
                .with("c", 300, c.on(MAIN.fork(TOP - 50, "b")));

        chain.rounds(2);

        assertThat(words(chain, "a", "b", "c")).containsExactly("forked", "forked", "ready");
    }

    @Test
    void nodesFollowAReorganisationAtTheTipOneByOne() {
        BlockLine other = MAIN.fork(TOP, "b");
        var chain = led(leader, a, b, c);
        chain.round();

        for (ScriptedNode node : List.of(c, b, a, leader)) {
            node.on(other);
            chain.round();
            assertThat(words(chain, "leader", "a", "b", "c")).containsOnly("ready");
        }
    }
}
