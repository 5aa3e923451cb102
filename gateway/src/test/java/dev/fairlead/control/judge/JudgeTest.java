package dev.fairlead.control.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.probe.Identity;
import dev.fairlead.control.probe.Sample;
import dev.fairlead.control.probe.Sample.Seen;
import dev.fairlead.control.probe.SeenBlock;
import dev.fairlead.control.probe.SelfReport;
import dev.fairlead.core.fleet.Chain.Tolerance;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.fleet.Verdict.Forked;
import dev.fairlead.core.fleet.Verdict.Lagging;
import dev.fairlead.core.fleet.Verdict.Ready;
import dev.fairlead.core.fleet.Verdict.Syncing;
import dev.fairlead.core.fleet.Verdict.Unknown;
import dev.fairlead.core.fleet.Verdict.Unreachable;
import dev.fairlead.core.fleet.Verdict.WrongChain;
import dev.fairlead.support.Property;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Identity MAINNET = new Identity(1, "0xd4e5");
    private static final Judge JUDGE = new Judge(Tolerance.DEFAULT);

    @ParameterizedTest
    @CsvSource({"0,ready", "1,ready", "10,ready", "11,lagging", "1000,lagging", "-1,ready", "-10,ready"})
    void lagInBlocksIsToleratedUpToAndIncludingTheBound(long blocks, String word) {
        assertThat(verdict(NOW, SelfReport.NONE, standing(blocks, Duration.ZERO))
                        .word())
                .isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"119,ready", "120,ready", "121,lagging"})
    void lagInTimeIsToleratedUpToAndIncludingTheBound(long seconds, String word) {
        assertThat(verdict(NOW, SelfReport.NONE, standing(1, Duration.ofSeconds(seconds)))
                        .word())
                .isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"121,0", "121,2", "100000,1", "100000,10"})
    void anOldHeadIsNotLateWithinTheTolerance(long age, long blocks) {
        assertThat(verdict(NOW.minusSeconds(age), SelfReport.NONE, standing(blocks, Duration.ofSeconds(120))))
                .isInstanceOf(Ready.class);
    }

    @Test
    void aNodeThatSaysItSyncsIsReadyWhileItKeepsUp() {
        var syncs = new SelfReport(SelfReport.Syncing.YES, 5, null);

        assertThat(verdict(NOW, syncs, standing(10, Duration.ZERO))).isInstanceOf(Ready.class);
        assertThat(verdict(NOW, syncs, standing(11, Duration.ZERO))).isInstanceOf(Syncing.class);
    }

    @Test
    void missingPeersAreEvidenceButNoVerdict() {
        var lonely = new SelfReport(SelfReport.Syncing.NO, 0, null);

        assertThat(verdict(NOW, lonely, standing(0, Duration.ZERO))).isInstanceOf(Ready.class);
        assertThat(verdict(NOW, lonely, standing(11, Duration.ZERO)).evidence())
                .isEqualTo("11 blocks behind, 10 are tolerated, without peers");
    }

    @Test
    void aNodeOfAnotherChainIsRecognisedByItsId() {
        Verdict verdict = JUDGE.judge(seen(5, NOW, SelfReport.NONE), MAINNET, standing(0, Duration.ZERO));

        assertThat(verdict).isEqualTo(new WrongChain("chain id 1", "chain id 5"));
    }

    @Test
    void aNodeOfAnotherChainWithTheSameIdIsRecognisedByItsGenesis() {
        Verdict verdict =
                JUDGE.judge(seen(1, NOW, SelfReport.NONE), new Identity(1, "0x41"), standing(0, Duration.ZERO));

        assertThat(verdict).isEqualTo(new WrongChain("genesis 0x41", "genesis 0xd4e5"));
    }

    @Test
    void aNodeThatTellsNoChainIdIsNotTrusted() {
        Verdict verdict = JUDGE.judge(seen(0, NOW, SelfReport.NONE), MAINNET, standing(0, Duration.ZERO));

        assertThat(verdict).isEqualTo(new WrongChain("chain id 1", "no chain id"));
    }

    @Test
    void silenceIsUnreachableSinceItBegan() {
        NodeEvidence silent = seen(1, NOW, SelfReport.NONE)
                .told(new Sample.Silent("refused", NOW.plusSeconds(1)))
                .told(new Sample.Silent("timed out", NOW.plusSeconds(3)));

        Verdict verdict = JUDGE.judge(silent, MAINNET, standing(0, Duration.ZERO));

        assertThat(verdict).isEqualTo(new Unreachable("timed out", NOW.plusSeconds(1)));
    }

    @Test
    void anObjectionToTheHeadIsAFork() {
        var objected = new Standing(head(NOW), Lag.ZERO, "has another block 97 than the reference");

        assertThat(verdict(NOW, SelfReport.NONE, objected))
                .isInstanceOfSatisfying(
                        Forked.class,
                        forked -> assertThat(forked.reason()).isEqualTo("has another block 97 than the reference"));
    }

    @Test
    void nothingIsConcludedBeforeThereIsAReference() {
        assertThat(verdict(NOW, SelfReport.NONE, null)).isInstanceOf(Unknown.class);
    }

    @Test
    void nothingIsConcludedBeforeTheChainIsKnown() {
        Verdict verdict = JUDGE.judge(seen(1, NOW, SelfReport.NONE), Identity.UNKNOWN, standing(0, Duration.ZERO));

        assertThat(verdict).isInstanceOf(Unknown.class);
    }

    @Test
    void aNodeOfAnotherChainIsNeverReady() {
        Property.holds(1000, any -> aNodeOfAnotherChainIsNeverReady(any.between(0L, 1000L), any.between(-20L, 20L)));
    }

    private void aNodeOfAnotherChainIsNeverReady(long id, long blocks) {
        Verdict verdict = JUDGE.judge(seen(id, NOW, SelfReport.NONE), MAINNET, standing(blocks, Duration.ZERO));

        assertThat(verdict.word().equals("wrong-chain")).isEqualTo(id != 1);
    }

    @Test
    void aNodeBeyondToleranceIsNeverReady() {
        Property.holds(
                1000,
                any -> aNodeBeyondToleranceIsNeverReady(
                        any.between(11L, Long.MAX_VALUE), any.oneOf(SelfReport.Syncing.values())));
    }

    private void aNodeBeyondToleranceIsNeverReady(long blocks, SelfReport.Syncing syncing) {
        Verdict verdict = verdict(NOW, new SelfReport(syncing, 9, null), standing(blocks, Duration.ZERO));

        assertThat(verdict.ready()).isFalse();
        assertThat(verdict).isInstanceOfAny(Lagging.class, Syncing.class);
    }

    private static Verdict verdict(Instant timestamp, SelfReport selfReport, @Nullable Standing standing) {
        return JUDGE.judge(seen(1, timestamp, selfReport), MAINNET, standing);
    }

    private static Standing standing(long behind, Duration time) {
        return new Standing(head(NOW), new Lag(behind, time), null);
    }

    private static Head head(Instant timestamp) {
        return new Head(1000, "0xa", timestamp, NOW);
    }

    private static NodeEvidence seen(long chainId, Instant timestamp, SelfReport selfReport) {
        var node = Node.of(new NodeId("mainnet", "geth"), Endpoint.of("http://127.0.0.1:8545"));
        var block = new SeenBlock(1000, "0xa", "0x9", timestamp);
        return NodeEvidence.of(node, NOW)
                .told(new Seen(block, new Identity(chainId, "0xd4e5"), selfReport, Duration.ofMillis(3), NOW));
    }
}
