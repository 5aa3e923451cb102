package dev.fairlead.control.judge;

import static dev.fairlead.control.judge.LedChain.NOW;
import static dev.fairlead.control.judge.LedChain.TOP;
import static dev.fairlead.control.judge.LedChain.led;
import static dev.fairlead.control.judge.LedChain.node;
import static dev.fairlead.control.judge.LedChain.words;
import static dev.fairlead.control.judge.Rehearsal.GENESIS;
import static dev.fairlead.control.judge.Rehearsal.chain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict.Lagging;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A whole chain judged round by round: who leads, who serves, and what an outage changes.
class ChainJudgementTest {
    private final ScriptedNode leader = node();
    private final ScriptedNode a = node();
    private final ScriptedNode b = node();
    private final ScriptedNode c = node();

    @Test
    void everybodyIsReadyAfterOneRound() {
        var chain = led(leader, a, b);

        chain.round();

        assertThat(words(chain, "leader", "a", "b")).containsOnly("ready");
        assertThat(chain.state().reference()).isInstanceOf(Reference.Leader.class);
    }

    @Test
    void aLeaderAloneIsItsOwnReference() {
        var chain = new Rehearsal(chain(1, "leader"), NOW).with("leader", leader);

        chain.round();

        assertThat(chain.word("leader")).isEqualTo("ready");
        assertThat(chain.state().reference()).isInstanceOf(Reference.Leader.class);
    }

    @Test
    void aSingleNodeWithoutALeaderIsItsOwnReference() {
        var chain = new Rehearsal(chain(0), NOW).with("a", a);

        chain.round();

        assertThat(chain.word("a")).isEqualTo("ready");
        assertThat(chain.state().learnedId()).isEqualTo(1);
    }

    @Test
    void blockZeroIsALegalHead() {
        var chain = new Rehearsal(chain(1, "leader"), GENESIS)
                .with("leader", leader.at(0))
                .with("a", a.at(0));

        chain.round();

        assertThat(words(chain, "leader", "a")).containsOnly("ready");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10})
    void aNodeUpToTheToleratedLagIsReady(long behind) {
        var chain = led(leader, a.at(TOP - behind));

        chain.round();

        assertThat(chain.word("a")).isEqualTo("ready");
    }

    @Test
    void aNodeBeyondTheToleratedLagIsLaggingAlthoughItIsTheOnlyOne() {
        var chain = led(leader, a.at(TOP - 11));

        chain.round();

        assertThat(chain.verdict("a")).isInstanceOf(Lagging.class);
        assertThat(chain.verdict("a").evidence()).isEqualTo("11 blocks behind, 10 are tolerated");
        assertThat(chain.word("leader")).isEqualTo("ready");
    }

    @Test
    void nodesThatSyncAllTogetherAreMeasuredAgainstTheLeader() {
        var chain =
                led(leader, a.at(100).syncing(), b.at(101).syncing(), c.at(102).syncing());

        chain.rounds(2);

        assertThat(words(chain, "a", "b", "c")).containsOnly("syncing");
        assertThat(chain.state().reference()).isInstanceOf(Reference.Leader.class);
    }

    @Test
    void aFrozenNodeIsBehindInTimeBeforeItIsInBlocks() {
        var chain = led(leader, a, b);
        chain.round();

        for (int i = 1; i <= 4; i++) {
            chain.pass(Duration.ofSeconds(55));
            leader.at(TOP + i);
            b.at(TOP + i);
            chain.rounds(2);
        }

        assertThat(chain.verdict("a").evidence()).startsWith("behind for ").endsWith("120 s are tolerated");
        assertThat(chain.word("b")).isEqualTo("ready");
    }

    @Test
    void oneLostPacketMovesNobody() {
        var chain = led(leader, a, b);
        chain.round();

        a.silent("timed out");
        leader.silent("timed out");
        chain.round();

        assertThat(words(chain, "leader", "a", "b")).containsOnly("ready");
        assertThat(chain.state().reference()).isInstanceOf(Reference.Leader.class);
    }

    @Test
    void aDeadNodeLeavesAndAHealedOneReturns() {
        var chain = led(leader, a, b);
        chain.round();

        a.silent("refused");
        chain.rounds(2);
        assertThat(chain.word("a")).isEqualTo("unreachable");

        a.speaks();
        chain.round();
        assertThat(chain.word("a")).isEqualTo("unreachable");
        chain.round();
        assertThat(chain.word("a")).isEqualTo("ready");
    }

    @Test
    void afterAnOutageOneGoodLookIsEnough() {
        var chain = new Rehearsal(chain(1), NOW).with("a", a).with("b", b);
        chain.round();
        a.silent("refused");
        b.silent("refused");
        chain.rounds(2);
        assertThat(words(chain, "a", "b")).containsOnly("unreachable");

        a.speaks();
        chain.round();
        assertThat(chain.word("a")).isEqualTo("ready");

        b.speaks();
        chain.round();
        assertThat(chain.word("b")).isEqualTo("unreachable");
        chain.round();
        assertThat(chain.word("b")).isEqualTo("ready");
    }

    @Test
    void aDeadLeaderLeavesTheNodesToAgree() {
        var chain = led(leader, a, b);
        chain.round();

        leader.silent("refused");
        chain.rounds(2);

        assertThat(words(chain, "a", "b")).containsOnly("ready");
        assertThat(chain.state().reference())
                .isInstanceOfSatisfying(
                        Reference.Agreement.class,
                        agreement -> assertThat(agreement.because()).isEqualTo("leader is unreachable: refused"));
    }

    @Test
    void theNextLeaderStandsIn() {
        var chain = new Rehearsal(chain(1, "leader", "b"), NOW)
                .with("leader", leader.silent("refused"))
                .with("a", a)
                .with("b", b);

        chain.round();

        assertThat(chain.state().reference())
                .isInstanceOfSatisfying(
                        Reference.Leader.class,
                        leads -> assertThat(leads.node().name()).isEqualTo("b"));
    }

    @Test
    void aLackOfOursIsNoVerdictOnANode() {
        var chain = led(leader, a, b);
        chain.round();

        Stream.of(leader, a, b).forEach(node -> node.unasked("no free connection to 127.0.0.1:8545"));
        chain.rounds(30);

        assertThat(words(chain, "leader", "a", "b")).containsOnly("ready");
        a.speaks().silent("refused");
        chain.rounds(2);
        assertThat(words(chain, "leader", "a", "b")).containsExactly("ready", "unreachable", "ready");
    }

    @Test
    void aLackOfOursDoesNotHealANodeEither() {
        var chain = led(leader, a.silent("refused"), b);
        chain.round();

        a.unasked("no free connection to 127.0.0.1:8545");
        chain.rounds(5);

        assertThat(chain.word("a")).isEqualTo("unreachable");
    }
}
