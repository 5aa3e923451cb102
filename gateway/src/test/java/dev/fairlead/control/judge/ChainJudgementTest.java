package dev.fairlead.control.judge;

import static dev.fairlead.control.judge.Rehearsal.GENESIS;
import static dev.fairlead.control.judge.Rehearsal.chain;
import static dev.fairlead.control.judge.Rehearsal.quiet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Chain.Probing;
import dev.fairlead.core.fleet.Chain.Tolerance;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict.Forked;
import dev.fairlead.core.fleet.Verdict.Lagging;
import dev.fairlead.core.fleet.Verdict.WrongChain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A whole chain judged round by round: who leads, who serves, who is found out.
class ChainJudgementTest {
    private static final BlockLine MAIN = BlockLine.from(GENESIS);
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
    void aLeaderThatShowsBlocksOfTheFutureIsFoundOut() {
        var chain = led(a, b);
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
        chain.pass(MAIN.blockTime().multipliedBy(11)).rounds(3);

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
        var chain = led(a);
        chain.round();

        assertGoesOn(chain, "a", a, "leader");
    }

    @Test
    void aStuckNodeDoesNotTakeOutItsLeader() {
        Stream.of(leader, a).forEach(skip(TOP + 1));
        var chain = led(a);
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
        var chain = led(a, b.at(TOP - 1), c.at(TOP - 5));
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
    void nodesFollowAReorganisationAtTheTipOneByOne() {
        BlockLine other = MAIN.fork(TOP, "b");
        var chain = led(a, b, c);
        chain.round();

        for (ScriptedNode node : List.of(c, b, a, leader)) {
            node.on(other);
            chain.round();
            assertThat(words(chain, "leader", "a", "b", "c")).containsOnly("ready");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, 1_767_225_600_000L, 9_000_000_000L})
    void clocksThatAreOddAtEveryNodeAreAPropertyOfTheChain(long genesis) {
        BlockLine odd = BlockLine.from(Instant.ofEpochSecond(genesis)).every(Duration.ofMillis(250));
        Stream.of(leader, a, b).forEach(node -> node.on(odd));
        var chain = led(a, b);

        for (int i = 1; i <= 40; i++) {
            leader.at(TOP + 8L * i);
            a.at(TOP + 8L * i - i % 9);
            b.at(TOP + 8L * i - 10);
            chain.rounds(1);
            assertThat(words(chain, "leader", "a", "b")).containsOnly("ready");
        }
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

    @ParameterizedTest
    @CsvSource({"250,10", "1000,10", "2000,3", "12000,10", "12000,25", "30000,10", "30000,0"})
    void theToleratedBlocksDecideAlone(long millis, long blocks) {
        var pause = Duration.ofMillis(millis);
        for (long behind : new long[] {Math.max(0, blocks - 1), blocks, blocks + 1}) {
            var tolerance = Tolerance.of(blocks, null, 10, pause);

            String word = wordOf(pause, tolerance, behind, Duration.ofMillis(millis * (blocks + 2) + 120_000));

            assertThat(word).as("%d behind", behind).isEqualTo(behind > blocks ? "lagging" : "ready");
        }
    }

    @ParameterizedTest
    @CsvSource({"250,30", "1000,60", "2000,120", "12000,120", "12000,300", "30000,300", "30000,120"})
    void theToleratedTimeDecidesAlone(long millis, long seconds) {
        var pause = Duration.ofMillis(millis);
        var tolerance = Tolerance.of(null, Duration.ofSeconds(seconds), 10, pause);
        var frozen = new ScriptedNode(MAIN.every(pause), TOP);
        var moves = new ScriptedNode(MAIN.every(pause), TOP);
        Instant start = GENESIS.plus(pause.multipliedBy(TOP));
        var chain = new Rehearsal(timed(tolerance, pause), start)
                .with("leader", moves)
                .with("a", frozen);
        chain.round();

        chain.pass(pause);
        moves.at(TOP + 1);
        chain.round();
        Instant passed = chain.now();
        for (long at : new long[] {seconds - 1, seconds, seconds + 1}) {
            while (chain.now().isBefore(passed.plusSeconds(at))) {
                Duration left = Duration.between(chain.now(), passed.plusSeconds(at));
                chain.pass(left.compareTo(pause) < 0 ? left : pause);
                moves.at(TOP + Duration.between(start, chain.now()).dividedBy(pause));
                chain.round();
            }
            chain.round();
            assertThat(chain.word("a")).as("%d s: %s", at, chain.state()).isEqualTo(at > seconds ? "lagging" : "ready");
        }
    }

    @ParameterizedTest
    @CsvSource({"250,10", "250,4", "1000,2", "2000,3", "12000,10", "12000,1", "30000,0"})
    void ofTwoNodesWithoutALeaderTheOneThatStaysIsHeldToTheToleratedBlocks(long millis, long blocks) {
        var pause = Duration.ofMillis(millis);
        for (long behind : new long[] {Math.max(0, blocks - 1), blocks, blocks + 1}) {
            var stays = new ScriptedNode(MAIN.every(pause), TOP);
            var goesOn = new ScriptedNode(MAIN.every(pause), TOP);
            Instant start = GENESIS.plus(pause.multipliedBy(TOP));
            var chain = new Rehearsal(timed(Tolerance.of(blocks, null, 10, pause), pause), start)
                    .with("a", stays)
                    .with("b", goesOn);
            chain.rounds(2);

            goesOn.at(TOP + behind);
            chain.pass(pause.multipliedBy(behind));
            chain.rounds(3);

            assertThat(words(chain, "a", "b"))
                    .as("%d behind: %s", behind, chain.state())
                    .containsExactly(behind > blocks ? "lagging" : "ready", "ready");
        }
    }

    @ParameterizedTest
    @CsvSource({"250,3", "1000,5", "2000,6", "12000,30", "12000,60", "30000,120"})
    void ofTwoNodesWithoutALeaderTheOneThatStaysIsHeldToTheToleratedTime(long millis, long seconds) {
        var pause = Duration.ofMillis(millis);
        var stays = new ScriptedNode(MAIN.every(pause), TOP);
        var goesOn = new ScriptedNode(MAIN.every(pause), TOP);
        Instant start = GENESIS.plus(pause.multipliedBy(TOP));
        var chain = new Rehearsal(timed(Tolerance.of(null, Duration.ofSeconds(seconds), 10, pause), pause), start)
                .with("a", stays)
                .with("b", goesOn);
        chain.round();
        chain.pass(pause);
        goesOn.at(TOP + 1);
        chain.round();
        Instant passed = chain.now();

        for (long at : new long[] {seconds - 1, seconds, seconds + 1}) {
            while (chain.now().isBefore(passed.plusSeconds(at))) {
                Duration left = Duration.between(chain.now(), passed.plusSeconds(at));
                chain.pass(left.compareTo(pause) < 0 ? left : pause);
                goesOn.at(TOP + Duration.between(start, chain.now()).dividedBy(pause));
                chain.round();
            }
            chain.round();
            assertThat(words(chain, "a", "b"))
                    .as("%d s: %s", at, chain.state())
                    .containsExactly(at > seconds ? "lagging" : "ready", "ready");
        }
    }

    /// A single node of three that runs ahead says nothing of the two others.
    @Test
    void aTightToleranceDoesNotMakeOneOfThreeTheReference() {
        var pause = Duration.ofSeconds(2);
        var ahead = new ScriptedNode(MAIN.every(pause), TOP);
        var chain = new Rehearsal(
                        timed(Tolerance.of(2L, null, 10, pause), pause), GENESIS.plus(pause.multipliedBy(TOP)))
                .with("a", new ScriptedNode(MAIN.every(pause), TOP))
                .with("b", new ScriptedNode(MAIN.every(pause), TOP))
                .with("c", ahead);
        chain.rounds(2);

        ahead.at(TOP + 5);
        chain.rounds(3);

        assertThat(words(chain, "a", "b", "c")).containsOnly("ready");
    }

    @Test
    void bothTolerancesHoldWhereBothAreSaid() {
        var pause = Duration.ofSeconds(12);
        var tolerance = Tolerance.of(10L, Duration.ofSeconds(60), 10, pause);

        assertThat(wordOf(pause, tolerance, 4, Duration.ofSeconds(300))).isEqualTo("ready");
        assertThat(wordOf(pause, tolerance, 7, Duration.ofSeconds(300))).isEqualTo("lagging");
    }

    @Test
    void aLackOfOursIsNoVerdictOnANode() {
        var chain = led(a, b);
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
        var chain = led(a.silent("refused"), b);
        chain.round();

        a.unasked("no free connection to 127.0.0.1:8545");
        chain.rounds(5);

        assertThat(chain.word("a")).isEqualTo("unreachable");
    }

    @Test
    void theLagOfANodeThatIsDownGrows() {
        var chain = led(a, b);
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
        var chain = led(a, b, c.on(MAIN.fork(TOP - 50, "b")).at(TOP - 7));

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
        var chain = led(a, b.chainId(5));

        chain.rounds(2);

        assertThat(state(chain, "b").lag()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "10,0", "11,11", "400,400"})
    void aPendingBlockBeyondTheToleranceIsMarked(long behind, long marked) {
        var chain = led(a.pending(TOP - behind), b);

        chain.rounds(2);

        assertThat(state(chain, "a").pendingBehind()).isEqualTo(marked);
        assertThat(state(chain, "b").pendingBehind()).isZero();
        assertThat(words(chain, "leader", "a", "b")).containsOnly("ready");
        assertThat(state(chain, "a").evidence().contains("pending is " + behind + " blocks behind"))
                .isEqualTo(marked > 0);
    }

    @Test
    void aPendingBlockThatIsBehindNowAndThenStaysMarked() {
        var chain = led(a, b);
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
        var chain = led(a.pending(-1), b.pending(TOP));

        chain.rounds(30);

        assertThat(state(chain, "a").pendingBehind()).isZero();
        assertThat(state(chain, "b").pendingBehind()).isZero();
    }

    private static NodeState state(Rehearsal chain, String name) {
        NodeState state = chain.state().node(new NodeId("mainnet", name));
        if (state == null) throw new AssertionError("unknown node " + name);
        return state;
    }

    /// What a node is that is always so many blocks behind its leader, on a chain with true clocks.
    private static String wordOf(Duration pause, Tolerance tolerance, long behind, Duration length) {
        var line = MAIN.every(pause);
        var moves = new ScriptedNode(line, TOP);
        var late = new ScriptedNode(line, TOP - behind);
        Instant start = GENESIS.plus(pause.multipliedBy(TOP));
        var chain = new Rehearsal(timed(tolerance, pause), start)
                .with("leader", moves)
                .with("a", late);
        while (chain.now().isBefore(start.plus(length))) {
            chain.round();
            chain.pass(pause);
            moves.at(line.heightAt(chain.now()));
            late.at(moves.head() - behind);
        }
        return chain.word("a");
    }

    private static Chain timed(Tolerance tolerance, Duration pause) {
        Probing usual = Probing.DEFAULT;
        var probing = new Probing(usual.interval(), usual.timeout(), usual.fall(), usual.rise(), pause, false);
        return new Chain("mainnet", 1, List.of("leader"), tolerance, probing, 0);
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
