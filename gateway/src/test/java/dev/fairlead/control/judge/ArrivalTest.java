package dev.fairlead.control.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.judge.Arrival.Compared;
import dev.fairlead.control.probe.Ancestry;
import dev.fairlead.control.probe.FollowUp;
import dev.fairlead.control.probe.FollowUpAnswer;
import dev.fairlead.control.probe.Identity;
import dev.fairlead.control.probe.Sample;
import dev.fairlead.control.probe.SeenBlock;
import dev.fairlead.control.probe.SelfReport;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.support.Generator;
import dev.fairlead.support.Property;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A node that is new, or back after it was away, serves no sooner than its branch was compared with the others'.
class ArrivalTest {
    private static final long TOP = Pace.TOP;

    enum Comes {
        AT_THE_START,
        LATER,
        BACK
    }

    @Test
    void aStrayNeverServes() {
        Property.holds(200, any -> aStrayNeverServes(any, -2, 2));
    }

    @Test
    void aStrayThatIsFarAheadNeverServes() {
        Property.holds(100, any -> aStrayNeverServes(any, 3, 16));
    }

    private void aStrayNeverServes(Generator any, int leastAhead, int mostAhead) {
        aStrayNeverServes(
                any.between(2, 4),
                any.oneOf(Pace.values()),
                any.oneOf(Comes.values()),
                any.bool(),
                any.between(30, 2000),
                any.between(leastAhead, mostAhead),
                any.anyLong());
    }

    /// It was seen apart when the time for a comparison was over.
    @ParameterizedTest
    @CsvSource({
        "2, TWELVE, BACK, false, 488, 1, 7562463601718184147",
        "4, TWELVE, LATER, false, 30, 2, 5626816109364533477",
        "2, QUARTER, BACK, false, 1132, 1, -3066649928704263036",
    })
    void oneThatIsSeenApartWaitsUntilItIsKnownWhatThatWas(
            int honest, Pace pace, Comes comes, boolean led, int depth, int ahead, long seed) {
        aStrayNeverServes(honest, pace, comes, led, depth, ahead, seed);
    }

    /// Nodes that are slow to answer were asked for one height each, and never for the same.
    @ParameterizedTest
    @CsvSource({
        "2, QUARTER, LATER, false, 2000, -1, -7395610677540863289",
        "3, QUARTER, LATER, true, 271, 1, 24",
        "2, QUARTER, LATER, false, 30, -2, -8204817618780617850",
    })
    void slowAnswersAreAboutTheSameHeight(
            int honest, Pace pace, Comes comes, boolean led, int depth, int ahead, long seed) {
        aStrayNeverServes(honest, pace, comes, led, depth, ahead, seed);
    }

    /// It had the same block below the one at which it left, which is not far below the heads.
    @ParameterizedTest
    @CsvSource({
        "3, QUARTER, LATER, false, 30, -2, 42461193",
        "2, QUARTER, LATER, true, 30, 2, -7905590275607782249",
    })
    void aBlockFarBelowTheHeadsIsNotEnough(
            int honest, Pace pace, Comes comes, boolean led, int depth, int ahead, long seed) {
        aStrayNeverServes(honest, pace, comes, led, depth, ahead, seed);
    }

    /// It showed where it is when it was asked for the blocks up to its head.
    @ParameterizedTest
    @CsvSource({
        "3, QUARTER, LATER, false, 896, 11, 316571111426936580",
        "6, QUARTER, AT_THE_START, true, 872, 16, -9223372036854775808",
        "2, SECOND, LATER, false, 1808, 14, -913871640135359",
    })
    void oneThatIsFarAheadElsewhereWaits(
            int honest, Pace pace, Comes comes, boolean led, int depth, int ahead, long seed) {
        aStrayNeverServes(honest, pace, comes, led, depth, ahead, seed);
    }

    @Test
    void whatANodeProvedBeforeItWasAwayDoesNotSpeakForIt() {
        Instant now = Rehearsal.GENESIS;
        SeenBlock head = BlockLine.from(now).block(TOP);
        var followUp = new FollowUp.Onward(TOP - 20, "0x01", TOP, head.hash());
        var proof = new FollowUpAnswer(followUp, List.of(), new Ancestry.Proven(TOP - 19, now));
        var proven = judged(seen("a", head).found(proof, now), new Arrival.Over());

        var back = judged(proven, new Arrival.Awaited());

        assertThat(proven.position().ancestry()).isInstanceOf(Ancestry.Proven.class);
        assertThat(back.position().ancestry()).isNull();
    }

    private static NodeEvidence judged(NodeEvidence evidence, Arrival arrival) {
        return evidence.judged(evidence.steadiness(), arrival, null, false, false, Rehearsal.GENESIS);
    }

    @Test
    void aNodeOfTheSameBranchServesSoon() {
        Property.holds(
                100,
                any -> aNodeOfTheSameBranchServesSoon(
                        any.between(2, 4),
                        any.oneOf(Pace.values()),
                        any.oneOf(Comes.LATER, Comes.BACK),
                        any.bool(),
                        any.between(-2, 2),
                        any.anyLong()));
    }

    private void aNodeOfTheSameBranchServesSoon(int others, Pace pace, Comes comes, boolean led, int ahead, long seed) {
        var line = pace.line();
        var time = new Timeline(pace.blockTime, pace.start(), seed, led ? new String[] {"n0"} : new String[0]);
        var nodes = new Followers(time, "n", new Random(seed)).add(others, line).losesNone();
        var late = new ScriptedNode(line, TOP);
        if (comes == Comes.BACK) time.with("late", late).loses("late", 0);
        live(time, nodes, "late", late, ahead, 12, false);
        if (comes == Comes.BACK) {
            late.silent("refused");
            live(time, nodes, "late", late, ahead, 12, false);
            late.speaks();
        }
        if (comes == Comes.LATER) time.with("late", late).loses("late", 0);

        live(time, nodes, "late", late, ahead, 8, false);

        assertThat(time.word("late")).as(time::told).isEqualTo("ready");
    }

    @Test
    void oneThatIsSeenApartWaitsLongerButNotForEver() {
        Instant came = Rehearsal.GENESIS;
        Instant later = came.plus(Arrival.LONGEST_WAIT);
        Instant last = came.plus(Arrival.LONGEST_APART);
        var verdict = new Verdict.Ready(BlockLine.from(came).block(TOP).seen(came), new Lag(0, Duration.ZERO));
        Arrival waits = new Arrival.Waits(came, later);

        assertThat(waits.next(verdict, false, Compared.APART, later))
                .isEqualTo(new Arrival.Waits(came, later.plus(Arrival.LONGEST_WAIT)));
        assertThat(waits.next(verdict, false, Compared.APART, last)).isEqualTo(new Arrival.Over());
        assertThat(waits.next(verdict, false, Compared.NOT_YET, later)).isEqualTo(new Arrival.Over());
        assertThat(waits.next(verdict, false, Compared.SAME, came)).isEqualTo(new Arrival.Over());
    }

    private void aStrayNeverServes(int honest, Pace pace, Comes comes, boolean led, int depth, int ahead, long seed) {
        var random = new Random(seed);
        var line = pace.line();
        var time = new Timeline(pace.blockTime, pace.start(), seed, led ? new String[] {"n0"} : new String[0]);
        var nodes = new Followers(time, "n", random).add(honest, line).losesNone();
        var stray = new ScriptedNode(line, TOP);
        if (comes != Comes.LATER) time.with("stray", stray).loses("stray", 0);
        if (comes == Comes.AT_THE_START) stray.on(line.fork(TOP - depth, "b"));
        else live(time, nodes, "stray", stray, ahead, 12, false);
        if (comes == Comes.BACK) {
            stray.silent("refused");
            live(time, nodes, "stray", stray, ahead, 12, false);
            stray.speaks();
        }
        if (comes == Comes.LATER) time.with("stray", stray).loses("stray", 0);
        stray.on(line.fork(line.heightAt(time.now()) - depth, "b"));

        live(time, nodes, "stray", stray, ahead, 20, true);

        assertThat(time.word("stray")).as(time::told).isEqualTo("forked");
        nodes.assertAll("ready");
    }

    private static void live(
            Timeline time, Followers nodes, String name, ScriptedNode node, int ahead, int seconds, boolean never) {
        for (int step = 0; step < seconds * 4; step++) {
            nodes.advance();
            node.at(node.line().heightAt(time.now()) + ahead);
            time.step();
            if (never) assertThat(time.word(name)).as(time::told).isNotEqualTo("ready");
        }
    }

    @Test
    void nodesOfOneBranchNeedNoQuestion() {
        var line = BlockLine.from(Rehearsal.GENESIS);
        var allEvidence =
                List.of(seen("a", line.block(TOP)), seen("b", line.block(TOP + 1)), seen("c", line.block(TOP)));

        var conclusion = conclude(allEvidence, Rehearsal.GENESIS);

        assertThat(conclusion.checks()).isEmpty();
        assertThat(conclusion.allEvidence())
                .allMatch(evidence -> evidence.shown().ready());
    }

    @Test
    void oneNodeAloneIsReadyAtOnce() {
        var line = BlockLine.from(Rehearsal.GENESIS);

        var conclusion = conclude(List.of(seen("a", line.block(TOP))), Rehearsal.GENESIS);

        assertThat(conclusion.allEvidence())
                .allMatch(evidence -> evidence.shown().ready());
    }

    @Test
    void nodesThatCannotBeComparedAreTakenAsTheyAreAfterAWhile() {
        var line = BlockLine.from(Rehearsal.GENESIS);
        var allEvidence = List.of(seen("a", line.block(TOP)), seen("b", line.block(TOP + 3)));

        var first = conclude(allEvidence, Rehearsal.GENESIS);
        var later = ChainJudgement.conclude(
                plan(first.allEvidence()),
                first.allEvidence(),
                first.memory(),
                Rehearsal.GENESIS.plus(Arrival.LONGEST_WAIT));

        assertThat(first.memory().started()).isFalse();
        assertThat(first.allEvidence())
                .allSatisfy(evidence ->
                        assertThat(evidence.shown()).isEqualTo(new Verdict.Unknown("its branch is not yet compared")));
        assertThat(later.allEvidence()).allMatch(evidence -> evidence.shown().ready());
    }

    private static NodeEvidence seen(String name, SeenBlock block) {
        Instant at = Rehearsal.GENESIS;
        var node = Node.of(new NodeId("mainnet", name), Endpoint.of("http://" + name + ".invalid:8545"));
        var identity = new Identity(1, "0x01");
        return NodeEvidence.of(node, at).told(new Sample.Seen(block, identity, SelfReport.NONE, Duration.ZERO, at));
    }

    private static ChainJudgement.Conclusion conclude(List<NodeEvidence> allEvidence, Instant now) {
        return ChainJudgement.conclude(plan(allEvidence), allEvidence, ChainMemory.of(1), now);
    }

    private static ChainPlan plan(List<NodeEvidence> allEvidence) {
        return new ChainPlan(
                Rehearsal.chain(1), allEvidence.stream().map(NodeEvidence::node).toList(), List.of(Group.DEFAULT));
    }
}
