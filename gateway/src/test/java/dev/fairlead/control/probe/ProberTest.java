package dev.fairlead.control.probe;

import static dev.fairlead.control.judge.Rehearsal.GENESIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.judge.BlockLine;
import dev.fairlead.control.judge.Judge;
import dev.fairlead.control.judge.NodeEvidence;
import dev.fairlead.control.judge.ScriptedNode;
import dev.fairlead.control.probe.Sample.Seen;
import dev.fairlead.control.probe.Sample.Silent;
import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.fleet.Chain.Tolerance;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.OwnListener;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.jsonrpc.RpcError;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProberTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final BlockLine MAIN = BlockLine.from(GENESIS);

    private final Node node = Node.of(new NodeId("mainnet", "geth"), Endpoint.of("http://127.0.0.1:8545"));
    private final ScriptedNode scripted = new ScriptedNode(MAIN, 100);
    private Instant now = GENESIS.plusSeconds(1200);
    private final Prober prober = new Prober((_, request, _) -> scripted.answer(request), () -> now, 1.0);

    @Test
    void theFirstProbeLearnsWhoTheNodeIs() throws InterruptedException {
        Sample sample = prober.probe(node, TIMEOUT);

        assertThat(sample).isInstanceOfSatisfying(Seen.class, seen -> {
            assertThat(seen.block()).isEqualTo(MAIN.block(100));
            assertThat(seen.identity()).isEqualTo(new Identity(1, MAIN.hash(0)));
        });
    }

    @Test
    void aProbeIsOneCallInTheSteadyState() throws InterruptedException {
        prober.probe(node, TIMEOUT);
        prober.hints(node, TIMEOUT, false);
        scripted.forget();

        for (int i = 0; i < 4; i++) {
            prober.probe(node, TIMEOUT);
            prober.hints(node, TIMEOUT, false);
            now = now.plusSeconds(2);
        }

        assertThat(scripted.asked()).hasSize(4).containsOnly("eth_getBlockByNumber");
    }

    @Test
    void whoTheNodeIsIsAskedAgainEveryMinute() throws InterruptedException {
        prober.probe(node, TIMEOUT);
        scripted.chainId(5);

        now = now.plusSeconds(59);
        assertThat(identity(prober.probe(node, TIMEOUT)).chainId()).isEqualTo(1);
        now = now.plusSeconds(2);
        assertThat(identity(prober.probe(node, TIMEOUT)).chainId()).isEqualTo(5);
    }

    @Test
    void whoTheNodeIsIsAskedAgainAfterAnOutage() throws InterruptedException {
        prober.probe(node, TIMEOUT);
        scripted.silent("refused");
        prober.probe(node, TIMEOUT);
        scripted.speaks().chainId(5);

        assertThat(identity(prober.probe(node, TIMEOUT)).chainId()).isEqualTo(5);
    }

    @Test
    void whoTheNodeIsIsAskedAgainWhenItsHeadFellFar() throws InterruptedException {
        prober.probe(node, TIMEOUT);
        scripted.at(50).chainId(5);

        assertThat(identity(prober.probe(node, TIMEOUT)).chainId()).isEqualTo(5);
    }

    @Test
    void aNodeOlderThanEthChainIdIsAskedForItsNetVersion() throws InterruptedException {
        scripted.without("eth_chainId").chainId(61);

        assertThat(identity(prober.probe(node, TIMEOUT)).chainId()).isEqualTo(61);
    }

    @Test
    void aNodeThatShowsNoBlocksIsAskedForItsNumber() throws InterruptedException {
        scripted.without("eth_getBlockByNumber");

        Sample first = prober.probe(node, TIMEOUT);
        scripted.forget();
        prober.probe(node, TIMEOUT);

        assertThat(first)
                .isInstanceOfSatisfying(
                        Seen.class, seen -> assertThat(seen.block()).isEqualTo(SeenBlock.numbered(100)));
        assertThat(scripted.asked()).containsExactly("eth_blockNumber");
    }

    @Test
    void blockZeroIsALegalHead() throws InterruptedException {
        scripted.at(0);

        assertThat(prober.probe(node, TIMEOUT))
                .isInstanceOfSatisfying(
                        Seen.class, seen -> assertThat(seen.block().number()).isZero());
    }

    @Test
    void silenceAndObjectionsSayWhy() throws InterruptedException {
        scripted.silent("connection refused");
        assertThat(prober.probe(node, TIMEOUT)).isEqualTo(new Silent("connection refused", now));

        scripted.speaks().objects(new RpcError(-32005, "daily request count exceeded"));
        assertThat(prober.probe(node, TIMEOUT))
                .isEqualTo(new Silent("error -32005: daily request count exceeded", now));
    }

    @Test
    void theListenerThatAUrlLeadsBackToIsNamed() throws InterruptedException {
        for (OwnListener listener : OwnListener.values()) {
            scripted.objects(new RpcError(-32017, listener.refusal()), ErrorMeaning.LOOP);

            NodeEvidence evidence = NodeEvidence.of(node, now).told(prober.probe(node, TIMEOUT));

            Verdict verdict = new Judge(Tolerance.DEFAULT).judge(evidence, Identity.UNKNOWN, null);
            assertThat(verdict.evidence()).contains("this gateway itself", listener.words());
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Verdict.WrongChain.class,
                            wrong -> assertThat(wrong.isItself()).isTrue());
        }
    }

    @Test
    void aUrlThatLeadsBackToTheGatewayIsNoNode() throws InterruptedException {
        scripted.objects(new RpcError(-32017, "This gateway has asked itself"), ErrorMeaning.LOOP);

        Sample sample = prober.probe(node, TIMEOUT);

        assertThat(sample).isEqualTo(new Sample.Itself(null, now));
        NodeEvidence evidence = NodeEvidence.of(node, now).told(sample);
        assertThat(new Judge(Tolerance.DEFAULT)
                        .judge(evidence, Identity.UNKNOWN, null)
                        .evidence())
                .isEqualTo("expected a node, found this gateway itself behind its URL");
    }

    @Test
    void aNodeThatIsSlowInTheSameCodeIsNotTheGateway() throws InterruptedException {
        scripted.objects(new RpcError(-32017, "module timed out"), ErrorMeaning.OVERLOADED);

        assertThat(prober.probe(node, TIMEOUT)).isInstanceOf(Silent.class);
    }

    @Test
    void aCauseHasABound() throws InterruptedException {
        scripted.silent("x".repeat(100_000));

        assertThat(((Silent) prober.probe(node, TIMEOUT)).cause()).hasSizeLessThan(300);
    }

    @Test
    void hintsAreAskedForEveryMinuteAndNotWhereTheyAreNotOffered() throws InterruptedException {
        scripted.without("net_peerCount");
        prober.probe(node, TIMEOUT);

        assertThat(prober.hints(node, TIMEOUT, false))
                .contains(new SelfReport(SelfReport.Syncing.NO, -1, "Scripted/v1", "1"));
        now = now.plusSeconds(59);
        assertThat(prober.hints(node, TIMEOUT, false)).isEmpty();
        now = now.plusSeconds(1);
        assertThat(prober.hints(node, TIMEOUT, false))
                .contains(new SelfReport(SelfReport.Syncing.NO, -1, "Scripted/v1", "1"));

        assertThat(scripted.asked("net_peerCount")).isEqualTo(1);
        assertThat(scripted.asked("eth_syncing")).isEqualTo(2);
        assertThat(scripted.asked("web3_clientVersion")).isEqualTo(1);
    }

    @Test
    void aLateNodeIsAskedForHintsEveryTenSeconds() throws InterruptedException {
        prober.probe(node, TIMEOUT);
        prober.hints(node, TIMEOUT, false);
        scripted.syncing();

        now = now.plusSeconds(9);
        assertThat(prober.hints(node, TIMEOUT, true)).isEmpty();
        now = now.plusSeconds(1);
        assertThat(prober.hints(node, TIMEOUT, true))
                .contains(new SelfReport(SelfReport.Syncing.YES, 7, "Scripted/v1", "1"));
    }

    @Test
    void aBlockThatFollowsProvesAClaim() throws InterruptedException {
        var followUpAnswer = prober.check(node, new FollowUp.Onward(90, MAIN.hash(90), 100, MAIN.hash(100)), TIMEOUT);

        assertThat(followUpAnswer.ancestry()).isEqualTo(new Ancestry.Proven(91, now));
        assertThat(followUpAnswer.blocks()).containsExactly(MAIN.block(90), MAIN.block(91));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 7, 9, 30, 57, 58, 59})
    void heightsWithoutABlockDisproveNothing(long empty) throws InterruptedException {
        for (long height = 41; height < 41 + empty; height++) scripted.skips(height);

        var followUpAnswer = prober.check(node, new FollowUp.Onward(40, MAIN.hash(40), 100, MAIN.hash(100)), TIMEOUT);

        assertThat(followUpAnswer.ancestry()).isInstanceOf(Ancestry.Proven.class);
    }

    @Test
    void anObjectionToAHeightWithoutABlockDisprovesNothingEither() throws InterruptedException {
        scripted.skips(91).objectsToSkipped();

        var followUpAnswer = prober.check(node, new FollowUp.Onward(90, MAIN.hash(90), 100, MAIN.hash(100)), TIMEOUT);

        assertThat(followUpAnswer.ancestry()).isEqualTo(new Ancestry.Proven(92, now));
    }

    @Test
    void parentHashesThatAreNoBlocksHashDisproveNothing() throws InterruptedException {
        scripted.oddParents();

        var followUpAnswer = prober.check(node, new FollowUp.Onward(90, MAIN.hash(90), 100, MAIN.hash(100)), TIMEOUT);

        assertThat(followUpAnswer.ancestry()).isEqualTo(new Ancestry.Proven(91, now));
    }

    @Test
    void theVeryNextBlockIsEnough() throws InterruptedException {
        var followUpAnswer = prober.check(node, new FollowUp.Onward(99, MAIN.hash(99), 100, MAIN.hash(100)), TIMEOUT);

        assertThat(followUpAnswer.ancestry()).isEqualTo(new Ancestry.Proven(100, now));
    }

    @Test
    void whoseHeadFellMeanwhileProvesNothing() throws InterruptedException {
        var followUpAnswer = prober.check(node, new FollowUp.Onward(100, MAIN.hash(100), 100, MAIN.hash(100)), TIMEOUT);

        assertThat(followUpAnswer.ancestry()).isEqualTo(new Ancestry.Untold(now));
    }

    @Test
    void whoShowsNoBlockAboveItsRealHeadIsDisproved() throws InterruptedException {
        scripted.claims(1000).shows(100);

        var followUpAnswer =
                prober.check(node, new FollowUp.Onward(100, MAIN.hash(100), 1000, MAIN.hash(1000)), TIMEOUT);

        assertThat(followUpAnswer.ancestry())
                .isEqualTo(new Ancestry.Disproven("it shows no block between 100 and its head", now));
        assertThat(scripted.asked("eth_getBlockByNumber")).isLessThan(30);
    }

    @Test
    void whoWentOnButNotAsFarAsItClaimedProvesNothing() throws InterruptedException {
        scripted.claims(1000).shows(101);

        var followUpAnswer = prober.check(node, new FollowUp.Onward(99, MAIN.hash(99), 1000, MAIN.hash(1000)), TIMEOUT);

        assertThat(followUpAnswer.ancestry()).isEqualTo(new Ancestry.Untold(now));
    }

    @Test
    void whoTookItsClaimBackMeanwhileProvesNothing() throws InterruptedException {
        var followUpAnswer = prober.check(node, new FollowUp.Onward(90, MAIN.hash(90), 1000, "0xf"), TIMEOUT);

        assertThat(followUpAnswer.ancestry()).isEqualTo(new Ancestry.Untold(now));
    }

    @Test
    void aForkIsNoFalseClaim() throws InterruptedException {
        BlockLine other = MAIN.fork(80, "b");
        scripted.on(other);

        var followUpAnswer = prober.check(node, new FollowUp.Onward(90, MAIN.hash(90), 100, MAIN.hash(100)), TIMEOUT);

        assertThat(followUpAnswer.ancestry()).isEqualTo(new Ancestry.Elsewhere(90, now));
        assertThat(followUpAnswer.blocks()).containsExactly(other.block(90));
    }

    @Test
    void whoDoesNotAnswerProvesNothing() throws InterruptedException {
        scripted.silent("timed out");

        var followUpAnswer = prober.check(node, new FollowUp.Onward(90, MAIN.hash(90), 100, MAIN.hash(100)), TIMEOUT);

        assertThat(followUpAnswer.ancestry()).isEqualTo(new Ancestry.Untold(now));
        assertThat(scripted.asked()).hasSize(1);
    }

    @Test
    void theNearestBlockBelowStandsForAHeightWithoutOne() throws InterruptedException {
        scripted.skips(90).skips(89);

        var followUpAnswer = prober.check(node, new FollowUp.At(90), TIMEOUT);

        assertThat(followUpAnswer.blocks()).containsExactly(scripted.line().block(88));
    }

    private static Identity identity(Sample sample) {
        return ((Seen) sample).identity();
    }
}
