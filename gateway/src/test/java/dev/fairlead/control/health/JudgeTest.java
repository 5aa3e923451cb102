package dev.fairlead.control.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.health.Sample.Seen;
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
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
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
        assertThat(verdict(NOW, Hints.NONE, standing(blocks, Duration.ZERO)).word())
                .isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"119,ready", "120,ready", "121,lagging"})
    void lagInTimeIsToleratedUpToAndIncludingTheBound(long seconds, String word) {
        assertThat(verdict(NOW, Hints.NONE, standing(1, Duration.ofSeconds(seconds)))
                        .word())
                .isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"121,0", "121,2", "100000,1", "100000,10"})
    void anOldHeadIsNotLateWithinTheTolerance(long age, long blocks) {
        assertThat(verdict(NOW.minusSeconds(age), Hints.NONE, standing(blocks, Duration.ofSeconds(120))))
                .isInstanceOf(Ready.class);
    }

    @Test
    void aNodeThatSaysItSyncsIsReadyWhileItKeepsUp() {
        var syncs = new Hints(Hints.Syncing.YES, 5, null);

        assertThat(verdict(NOW, syncs, standing(10, Duration.ZERO))).isInstanceOf(Ready.class);
        assertThat(verdict(NOW, syncs, standing(11, Duration.ZERO))).isInstanceOf(Syncing.class);
    }

    @Test
    void missingPeersAreEvidenceButNoVerdict() {
        var lonely = new Hints(Hints.Syncing.NO, 0, null);

        assertThat(verdict(NOW, lonely, standing(0, Duration.ZERO))).isInstanceOf(Ready.class);
        assertThat(verdict(NOW, lonely, standing(11, Duration.ZERO)).evidence())
                .isEqualTo("11 blocks behind, 10 are tolerated, without peers");
    }

    @Test
    void aNodeOfAnotherChainIsRecognisedByItsId() {
        Verdict verdict = JUDGE.judge(seen(5, NOW, Hints.NONE), MAINNET, standing(0, Duration.ZERO));

        assertThat(verdict).isEqualTo(new WrongChain("chain id 1", "chain id 5"));
    }

    @Test
    void aNodeOfAnotherChainWithTheSameIdIsRecognisedByItsGenesis() {
        Verdict verdict = JUDGE.judge(seen(1, NOW, Hints.NONE), new Identity(1, "0x41"), standing(0, Duration.ZERO));

        assertThat(verdict).isEqualTo(new WrongChain("genesis 0x41", "genesis 0xd4e5"));
    }

    @Test
    void aNodeThatTellsNoChainIdIsNotTrusted() {
        Verdict verdict = JUDGE.judge(seen(0, NOW, Hints.NONE), MAINNET, standing(0, Duration.ZERO));

        assertThat(verdict).isEqualTo(new WrongChain("chain id 1", "no chain id"));
    }

    @Test
    void silenceIsUnreachableSinceItBegan() {
        Dossier silent = seen(1, NOW, Hints.NONE)
                .told(new Sample.Silent("refused", NOW.plusSeconds(1)))
                .told(new Sample.Silent("timed out", NOW.plusSeconds(3)));

        Verdict verdict = JUDGE.judge(silent, MAINNET, standing(0, Duration.ZERO));

        assertThat(verdict).isEqualTo(new Unreachable("timed out", NOW.plusSeconds(1)));
    }

    @Test
    void anObjectionToTheHeadIsAFork() {
        var objected = new Standing(head(NOW), Lag.ZERO, "has another block 97 than the reference");

        assertThat(verdict(NOW, Hints.NONE, objected))
                .isInstanceOfSatisfying(
                        Forked.class,
                        forked -> assertThat(forked.reason()).isEqualTo("has another block 97 than the reference"));
    }

    @Test
    void nothingIsConcludedBeforeThereIsAReference() {
        assertThat(verdict(NOW, Hints.NONE, null)).isInstanceOf(Unknown.class);
    }

    @Test
    void nothingIsConcludedBeforeTheChainIsKnown() {
        Verdict verdict = JUDGE.judge(seen(1, NOW, Hints.NONE), Identity.UNKNOWN, standing(0, Duration.ZERO));

        assertThat(verdict).isInstanceOf(Unknown.class);
    }

    @Property
    void aNodeOfAnotherChainIsNeverReady(
            @ForAll @LongRange(min = 0, max = 1000) long id, @ForAll @LongRange(min = -20, max = 20) long blocks) {
        Verdict verdict = JUDGE.judge(seen(id, NOW, Hints.NONE), MAINNET, standing(blocks, Duration.ZERO));

        assertThat(verdict.word().equals("wrong-chain")).isEqualTo(id != 1);
    }

    @Property
    void aNodeBeyondToleranceIsNeverReady(@ForAll @LongRange(min = 11) long blocks, @ForAll Hints.Syncing syncing) {
        Verdict verdict = verdict(NOW, new Hints(syncing, 9, null), standing(blocks, Duration.ZERO));

        assertThat(verdict.ready()).isFalse();
        assertThat(verdict).isInstanceOfAny(Lagging.class, Syncing.class);
    }

    private static Verdict verdict(Instant timestamp, Hints hints, @Nullable Standing standing) {
        return JUDGE.judge(seen(1, timestamp, hints), MAINNET, standing);
    }

    private static Standing standing(long behind, Duration time) {
        return new Standing(head(NOW), new Lag(behind, time), null);
    }

    private static Head head(Instant timestamp) {
        return new Head(1000, "0xa", timestamp, NOW);
    }

    private static Dossier seen(long chainId, Instant timestamp, Hints hints) {
        var node = Node.of(new NodeId("mainnet", "geth"), Endpoint.of("http://127.0.0.1:8545"));
        var block = new Block(1000, "0xa", "0x9", timestamp);
        return Dossier.of(node, NOW)
                .told(new Seen(block, new Identity(chainId, "0xd4e5"), hints, Duration.ofMillis(3), NOW));
    }
}
