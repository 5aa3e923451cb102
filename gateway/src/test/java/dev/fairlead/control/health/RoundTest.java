package dev.fairlead.control.health;

import static dev.fairlead.control.health.Rehearsal.GENESIS;
import static dev.fairlead.control.health.Rehearsal.chain;
import static dev.fairlead.control.health.Rehearsal.quiet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict.Forked;
import dev.fairlead.core.fleet.Verdict.Lagging;
import dev.fairlead.core.fleet.Verdict.WrongChain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A whole chain judged round by round: who leads, who serves, who is found out.
class RoundTest {
    private static final Line MAIN = Line.from(GENESIS);
    private static final long TOP = 10_000;
    private static final Instant NOW = GENESIS.plus(MAIN.blockTime().multipliedBy(TOP));

    private final ScriptedNode leader = node();
    private final ScriptedNode a = node();
    private final ScriptedNode b = node();
    private final ScriptedNode c = node();

    @Test
    void everybodyIsReadyAfterOneRound() {
        var chain = led(a, b);

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
        var chain = led(a.at(TOP - behind));

        chain.round();

        assertThat(chain.word("a")).isEqualTo("ready");
    }

    @Test
    void aNodeBeyondTheToleratedLagIsLaggingAlthoughItIsTheOnlyOne() {
        var chain = led(a.at(TOP - 11));

        chain.round();

        assertThat(chain.verdict("a")).isInstanceOf(Lagging.class);
        assertThat(chain.verdict("a").evidence()).isEqualTo("11 blocks behind, 10 are tolerated");
        assertThat(chain.word("leader")).isEqualTo("ready");
    }

    @Test
    void nodesThatSyncAllTogetherAreMeasuredAgainstTheLeader() {
        var chain = led(a.at(100).syncing(), b.at(101).syncing(), c.at(102).syncing());

        chain.rounds(2);

        assertThat(words(chain, "a", "b", "c")).containsOnly("syncing");
        assertThat(chain.state().reference()).isInstanceOf(Reference.Leader.class);
    }

    @Test
    void aFrozenNodeIsBehindInTimeBeforeItIsInBlocks() {
        var chain = led(a, b);
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
        var chain = led(a, b);
        chain.round();

        a.silent("timed out");
        leader.silent("timed out");
        chain.round();

        assertThat(words(chain, "leader", "a", "b")).containsOnly("ready");
        assertThat(chain.state().reference()).isInstanceOf(Reference.Leader.class);
    }

    @Test
    void aDeadNodeLeavesAndAHealedOneReturns() {
        var chain = led(a, b);
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
    void aDeadLeaderLeavesTheNodesToAgree() {
        var chain = led(a, b);
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
    void aLeaderThatCountsUpIsFoundOut() {
        var chain = led(a);
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
        var chain = led(a, b);
        leader.claims(TOP + 1000);

        chain.round();

        assertThat(words(chain, "leader", "a", "b")).containsExactly("forked", "ready", "ready");
    }

    @Test
    void aLeaderThatIsLeftBehindByItsNodesIsNotFollowed() {
        var chain = led(a, b);
        chain.round();

        leader.at(TOP - 500);
        chain.rounds(3);

        assertThat(words(chain, "leader", "a", "b")).containsExactly("lagging", "ready", "ready");
    }

    @Test
    void evenASingleNodeCanShowThatItLeftItsLeaderBehind() {
        var chain = led(a);
        chain.round();

        a.at(TOP + 11);
        chain.rounds(3);

        assertThat(words(chain, "leader", "a")).containsExactly("lagging", "ready");
        assertThat(chain.state().reference()).isInstanceOf(Reference.Agreement.class);
    }

    @Test
    void aNodeThatCountsUpIsFoundOut() {
        var chain = led(a, b);
        chain.round();

        a.claims(TOP + 1000);
        chain.round();

        assertThat(words(chain, "leader", "a", "b")).containsExactly("ready", "forked", "ready");
    }

    @Test
    void aNodeThatCountsUpWithoutShowingBlocksNeedsSomebodyToConfirmIt() {
        var chain = led(a.without("eth_getBlockByNumber"), b.without("eth_getBlockByNumber"));
        a.at(TOP + 11);
        chain.round();
        assertThat(words(chain, "a", "b")).containsExactly("forked", "ready");

        b.at(TOP + 9);
        chain.rounds(3);
        assertThat(words(chain, "a", "b")).containsOnly("ready");
    }

    @Test
    void aNodeOnAnotherBranchIsQuarantined() {
        var chain = led(a, b, c);
        chain.round();

        c.on(MAIN.fork(TOP - 50, "b"));
        chain.round();

        assertThat(words(chain, "leader", "a", "b", "c")).containsExactly("ready", "ready", "ready", "forked");
    }

    @Test
    void aForkIsFoundAtOnceAlsoWhenTheNodesDoNotMeetAtTheTip() {
        var chain = led(a, b, c.on(MAIN.fork(TOP - 50, "b")).at(TOP - 7));

        chain.round();

        assertThat(words(chain, "leader", "a", "b", "c")).containsExactly("ready", "ready", "ready", "forked");
    }

    @Test
    void aLeaderInTheMinorityIsQuarantined() {
        var chain = led(a, b);
        chain.round();

        leader.on(MAIN.fork(TOP - 50, "b"));
        chain.rounds(2);

        assertThat(words(chain, "leader", "a", "b")).containsExactly("forked", "ready", "ready");
        assertThat(chain.state().reference()).isInstanceOf(Reference.Agreement.class);
    }

    @Test
    void whoWasTheSameFarBelowIsComparedAnew() {
        var chain = led(a, b);
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
        var chain = led(a.on(MAIN.fork(TOP - 50, "b")));

        chain.rounds(2);

        assertThat(words(chain, "leader", "a")).containsExactly("ready", "forked");
    }

    @Test
    void oneLeaderAndOneNodeMayDifferAtTheTipForAMoment() {
        var chain = led(a);
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
    void aNodeOfAnotherChainNeverServes() {
        var chain = led(a, b.chainId(5));

        chain.rounds(3);

        assertThat(chain.verdict("b")).isEqualTo(new WrongChain("chain id 1", "chain id 5"));
        assertThat(chain.word("a")).isEqualTo("ready");
    }

    @Test
    void aNodeOfAnotherGenesisNeverServes() {
        var chain = led(a, b.genesis("0x41"));

        chain.rounds(3);

        assertThat(chain.word("b")).isEqualTo("wrong-chain");
    }

    @Test
    void aLeaderOfAnotherChainDoesNotLead() {
        var chain = led(a, b);
        leader.chainId(5).at(TOP + 5);

        chain.rounds(2);

        assertThat(words(chain, "leader", "a", "b")).containsExactly("wrong-chain", "ready", "ready");
        assertThat(chain.state().reference())
                .isInstanceOfSatisfying(
                        Reference.Agreement.class,
                        agreement -> assertThat(agreement.because()).isEqualTo("leader answers for another chain"));
    }

    @Test
    void theLeaderTeachesTheChainId() {
        var chain = new Rehearsal(chain(0, "leader"), NOW)
                .with("a", a.chainId(5))
                .with("b", b.chainId(5))
                .with("leader", leader.chainId(7));

        chain.probe("a");
        chain.probe("b");
        assertThat(chain.state().learnedId()).isZero();
        assertThat(chain.word("a")).isEqualTo("unknown");
        chain.probe("leader");

        assertThat(chain.state().learnedId()).isEqualTo(7);
        assertThat(words(chain, "leader", "a", "b")).containsExactly("ready", "wrong-chain", "wrong-chain");
    }

    @Test
    void withoutALeaderMostNodesTeachTheChainId() {
        var chain = new Rehearsal(chain(0), NOW)
                .with("a", a.chainId(5))
                .with("b", b.chainId(7))
                .with("c", c.chainId(7));

        chain.round();

        assertThat(chain.state().learnedId()).isEqualTo(7);
        assertThat(words(chain, "a", "b", "c")).containsExactly("wrong-chain", "ready", "ready");
    }

    @Test
    void mostNodesTeachWhatNetVersionSays() {
        var chain = new Rehearsal(chain(61), NOW)
                .with("a", a.chainId(61).network("61"))
                .with("b", b.chainId(61).network("1"))
                .with("c", c.chainId(61).network("1"));

        chain.rounds(2);

        assertThat(chain.state().networkId()).isEqualTo("1");
    }

    @Test
    void theLeaderAloneTeachesWhatNetVersionSays() {
        var chain = new Rehearsal(chain(61, "leader"), NOW)
                .with("leader", leader.chainId(61).network("1"))
                .with("a", a.chainId(61).network("61"))
                .with("b", b.chainId(61).network("61"));

        chain.rounds(2);

        assertThat(chain.state().networkId()).isEqualTo("1");
    }

    @Test
    void whatNetVersionSaysIsNotKnownWhenNodesDisagreeAboutItEvenlyOrTalkNonsense() {
        var chain = new Rehearsal(chain(61), NOW)
                .with("a", a.chainId(61).network("61"))
                .with("b", b.chainId(61).network("1"))
                .with("c", c.chainId(61).network("mainnet"));

        chain.rounds(2);

        assertThat(chain.state().networkId()).isEmpty();
    }

    @Test
    void ofTwoNodesOfDifferentChainsTheFirstDeclaredIsRight() {
        var chain = new Rehearsal(chain(0), NOW).with("a", a.chainId(5)).with("b", b.chainId(7));

        chain.round();

        assertThat(words(chain, "a", "b")).containsExactly("ready", "wrong-chain");
    }

    @Test
    void whatWasLearnedSticksAlsoAgainstEverybody() {
        var chain =
                new Rehearsal(chain(0, "leader"), NOW).with("leader", leader).with("a", a);
        chain.round();

        leader.chainId(5);
        a.chainId(5);
        chain.pass(Duration.ofSeconds(61));
        chain.rounds(2);

        assertThat(chain.state().learnedId()).isEqualTo(1);
        assertThat(words(chain, "leader", "a")).containsOnly("wrong-chain");
    }

    @Test
    void aChainThatStandsStillKeepsServingAndRaisesTheAlarm() {
        var chain = led(a, b);
        chain.round();
        assertThat(chain.state().stalled()).isNull();

        chain.pass(Duration.ofMinutes(30));
        chain.rounds(3);

        assertThat(words(chain, "leader", "a", "b")).containsOnly("ready");
        assertThat(chain.state().stalled()).isEqualTo(NOW);
    }

    @Test
    void aChainThatMovesAgainIsNoLongerStalled() {
        var chain = led(a, b);
        chain.round();
        chain.pass(Duration.ofMinutes(30));
        chain.rounds(2);

        Stream.of(leader, a, b).forEach(node -> node.at(TOP + 1));
        chain.rounds(2);

        assertThat(chain.state().stalled()).isNull();
        assertThat(words(chain, "leader", "a", "b")).containsOnly("ready");
    }

    @Test
    void aChainThatStoodStillAlreadyWhenWeCameIsStalledOnceThatWasSeen() {
        var chain = new Rehearsal(chain(1), NOW.plus(Duration.ofHours(1))).with("a", a);

        chain.round();
        Instant atFirst = chain.state().stalled();
        chain.pass(Duration.ofSeconds(121));
        chain.rounds(2);

        assertThat(atFirst).isNull();
        assertThat(chain.state().stalled()).isEqualTo(NOW);
        assertThat(chain.word("a")).isEqualTo("ready");
    }

    @Test
    void aQuietChainNeverStalls() {
        var chain = new Rehearsal(quiet(1), NOW).with("a", a).with("b", b).with("c", c.at(TOP - 1));
        chain.round();
        chain.pass(Duration.ofHours(12));

        chain.rounds(2);

        assertThat(chain.state().stalled()).isNull();
        assertThat(words(chain, "a", "b", "c")).containsExactly("ready", "ready", "lagging");
    }

    @Test
    void aRestedChainThatMovesAgainFindsNobodyLate() {
        var chain = led(a, b);
        chain.round();
        chain.pass(Duration.ofMinutes(30));
        chain.rounds(2);

        leader.at(TOP + 1);
        chain.rounds(3);

        assertThat(words(chain, "leader", "a", "b")).containsOnly("ready");
    }

    private Rehearsal led(ScriptedNode... nodes) {
        var chain = new Rehearsal(chain(1, "leader"), NOW).with("leader", leader);
        for (int i = 0; i < nodes.length; i++) chain.with(List.of("a", "b", "c").get(i), nodes[i]);
        return chain;
    }

    private static ScriptedNode node() {
        return new ScriptedNode(MAIN, TOP);
    }

    private static List<String> words(Rehearsal chain, String... names) {
        return Stream.of(names).map(chain::word).toList();
    }
}
