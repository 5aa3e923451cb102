package dev.fairlead.control.judge;

import static dev.fairlead.control.judge.Rehearsal.GENESIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.judge.KnownHashes.Meeting.Apart;
import dev.fairlead.control.judge.KnownHashes.Meeting.Nowhere;
import dev.fairlead.control.judge.KnownHashes.Meeting.Same;
import dev.fairlead.control.probe.SeenBlock;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownHashesTest {
    private static final BlockLine MAIN = BlockLine.from(GENESIS);

    @Test
    void aParentHashIsNotTheHashOfTheBlockBelow() {
        KnownHashes hashes = seen(MAIN, 100);

        assertThat(hashes.at(100)).isEqualTo(MAIN.hash(100));
        assertThat(hashes.at(99)).isEmpty();
        assertThat(hashes.at(98)).isEmpty();
        assertThat(hashes.at(101)).isEmpty();
    }

    @Test
    void childrenMakeTheRunLongerUpToItsBound() {
        KnownHashes hashes = seen(MAIN, 100);

        for (long n = 101; n <= 300; n++) hashes = hashes.saw(MAIN.block(n), GENESIS);

        assertThat(hashes.run()).hasSize(64);
        assertThat(hashes.at(237)).isEqualTo(MAIN.hash(237));
        assertThat(hashes.at(236)).isEmpty();
    }

    @Test
    void aRunGoesOnBeyondHeightsWithoutABlock() {
        BlockLine gaps = MAIN.without(101).without(102);

        KnownHashes hashes = seen(gaps, 100).saw(gaps.block(103), GENESIS);

        assertThat(hashes.at(100)).isEqualTo(MAIN.hash(100));
        assertThat(hashes.at(101)).isEmpty();
        assertThat(hashes.passed(100, MAIN.hash(100))).isTrue();
        assertThat(hashes.meet(seen(gaps, 100))).isEqualTo(new Same(100));
    }

    @Test
    void aParentHashMayProveABranchButNeverContradictOne() {
        var odd = new SeenBlock(101, MAIN.hash(101), "0xdd", GENESIS);
        KnownHashes oddly = KnownHashes.EMPTY.saw(odd, GENESIS);

        assertThat(oddly.meet(seen(MAIN, 100))).isEqualTo(new Nowhere());
        assertThat(seen(MAIN, 100).meet(oddly)).isEqualTo(new Nowhere());
        assertThat(seen(MAIN, 101).meet(seen(MAIN, 100))).isEqualTo(new Same(100));
        assertThat(seen(MAIN, 101).meet(seen(MAIN.fork(101, "b"), 101))).isEqualTo(new Apart(101, 101));
    }

    @Test
    void aGapStartsTheRunAnew() {
        KnownHashes hashes = seen(MAIN, 100).saw(MAIN.block(105), GENESIS);

        assertThat(hashes.at(105)).isEqualTo(MAIN.hash(105));
        assertThat(hashes.at(100)).isEmpty();
    }

    @Test
    void aReorganisationForgetsTheOldBranch() {
        BlockLine other = MAIN.fork(100, "b");

        KnownHashes hashes = seen(MAIN, 99).saw(MAIN.block(100), GENESIS).saw(other.block(100), GENESIS);

        assertThat(hashes.at(100)).isEqualTo(other.hash(100));
        assertThat(hashes.meet(seen(MAIN, 100))).isEqualTo(new Apart(100, 100));
    }

    @Test
    void anOlderBlockThatIsKnownChangesNothing() {
        KnownHashes hashes = seen(MAIN, 100).saw(MAIN.block(101), GENESIS);

        assertThat(hashes.saw(MAIN.block(100), GENESIS)).isSameAs(hashes);
    }

    @Test
    void trailsMeetAtTheGreatestHeightThatBothKnow() {
        assertThat(seen(MAIN, 100).meet(seen(MAIN, 101))).isEqualTo(new Same(100));
        assertThat(seen(MAIN, 100).meet(seen(MAIN, 102))).isEqualTo(new Nowhere());
        assertThat(seen(MAIN, 100).meet(KnownHashes.EMPTY)).isEqualTo(new Nowhere());
    }

    @Test
    void trailsAreApartFromTheLowestHeightAtWhichTheyDiffer() {
        BlockLine other = MAIN.fork(103, "b");
        KnownHashes here = seen(MAIN, 100);
        KnownHashes there = seen(MAIN, 100);
        for (long n = 101; n <= 106; n++) {
            here = here.saw(MAIN.block(n), GENESIS);
            there = there.saw(other.block(n), GENESIS);
        }

        assertThat(here.meet(there)).isEqualTo(new Apart(103, 106));
        assertThat(there.meet(here)).isEqualTo(new Apart(103, 106));
    }

    @Test
    void whatWasAskedForIsComparedAsWell() {
        BlockLine other = MAIN.fork(50, "b");
        KnownHashes asked = seen(other, 200).shown(List.of(other.block(100)), GENESIS);
        KnownHashes near = seen(MAIN, 100);

        assertThat(asked.meet(near)).isEqualTo(new Apart(100, 100));
        assertThat(near.meet(asked)).isEqualTo(new Apart(100, 100));
    }

    @Test
    void whatWasAskedForIsForgottenAfterALeap() {
        KnownHashes asked = seen(MAIN, 100).shown(List.of(MAIN.block(97)), GENESIS);

        assertThat(asked.saw(MAIN.block(110), GENESIS).at(97)).isEqualTo(MAIN.hash(97));
        assertThat(asked.saw(MAIN.block(1100), GENESIS).at(97)).isEmpty();
        assertThat(asked.saw(MAIN.block(110), GENESIS.plusSeconds(30)).at(97)).isEmpty();
    }

    @Test
    void aRunShowsThatItWentOnFromABlock() {
        KnownHashes hashes = seen(MAIN, 100).saw(MAIN.block(101), GENESIS);

        assertThat(hashes.passed(100, MAIN.hash(100))).isTrue();
        assertThat(hashes.passed(101, MAIN.hash(101))).isFalse();
        assertThat(hashes.passed(100, MAIN.fork(1, "b").hash(100))).isFalse();
    }

    private static KnownHashes seen(BlockLine line, long height) {
        return KnownHashes.EMPTY.saw(line.block(height), GENESIS);
    }
}
