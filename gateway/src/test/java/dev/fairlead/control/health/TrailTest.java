package dev.fairlead.control.health;

import static dev.fairlead.control.health.Rehearsal.GENESIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.health.Trail.Meeting.Apart;
import dev.fairlead.control.health.Trail.Meeting.Nowhere;
import dev.fairlead.control.health.Trail.Meeting.Same;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrailTest {
    private static final Line MAIN = Line.from(GENESIS);

    @Test
    void aParentHashIsNotTheHashOfTheBlockBelow() {
        Trail trail = seen(MAIN, 100);

        assertThat(trail.at(100)).isEqualTo(MAIN.hash(100));
        assertThat(trail.at(99)).isEmpty();
        assertThat(trail.at(98)).isEmpty();
        assertThat(trail.at(101)).isEmpty();
    }

    @Test
    void childrenMakeTheRunLongerUpToItsBound() {
        Trail trail = seen(MAIN, 100);

        for (long n = 101; n <= 300; n++) trail = trail.saw(MAIN.block(n), GENESIS);

        assertThat(trail.run()).hasSize(64);
        assertThat(trail.at(237)).isEqualTo(MAIN.hash(237));
        assertThat(trail.at(236)).isEmpty();
    }

    @Test
    void aRunGoesOnBeyondHeightsWithoutABlock() {
        Line gaps = MAIN.without(101).without(102);

        Trail trail = seen(gaps, 100).saw(gaps.block(103), GENESIS);

        assertThat(trail.at(100)).isEqualTo(MAIN.hash(100));
        assertThat(trail.at(101)).isEmpty();
        assertThat(trail.passed(100, MAIN.hash(100))).isTrue();
        assertThat(trail.meet(seen(gaps, 100))).isEqualTo(new Same(100));
    }

    @Test
    void aParentHashMayProveABranchButNeverContradictOne() {
        var odd = new Block(101, MAIN.hash(101), "0xdd", GENESIS);
        Trail oddly = Trail.EMPTY.saw(odd, GENESIS);

        assertThat(oddly.meet(seen(MAIN, 100))).isEqualTo(new Nowhere());
        assertThat(seen(MAIN, 100).meet(oddly)).isEqualTo(new Nowhere());
        assertThat(seen(MAIN, 101).meet(seen(MAIN, 100))).isEqualTo(new Same(100));
        assertThat(seen(MAIN, 101).meet(seen(MAIN.fork(101, "b"), 101))).isEqualTo(new Apart(101, 101));
    }

    @Test
    void aGapStartsTheRunAnew() {
        Trail trail = seen(MAIN, 100).saw(MAIN.block(105), GENESIS);

        assertThat(trail.at(105)).isEqualTo(MAIN.hash(105));
        assertThat(trail.at(100)).isEmpty();
    }

    @Test
    void aReorganisationForgetsTheOldBranch() {
        Line other = MAIN.fork(100, "b");

        Trail trail = seen(MAIN, 99).saw(MAIN.block(100), GENESIS).saw(other.block(100), GENESIS);

        assertThat(trail.at(100)).isEqualTo(other.hash(100));
        assertThat(trail.meet(seen(MAIN, 100))).isEqualTo(new Apart(100, 100));
    }

    @Test
    void anOlderBlockThatIsKnownChangesNothing() {
        Trail trail = seen(MAIN, 100).saw(MAIN.block(101), GENESIS);

        assertThat(trail.saw(MAIN.block(100), GENESIS)).isSameAs(trail);
    }

    @Test
    void trailsMeetAtTheGreatestHeightThatBothKnow() {
        assertThat(seen(MAIN, 100).meet(seen(MAIN, 101))).isEqualTo(new Same(100));
        assertThat(seen(MAIN, 100).meet(seen(MAIN, 102))).isEqualTo(new Nowhere());
        assertThat(seen(MAIN, 100).meet(Trail.EMPTY)).isEqualTo(new Nowhere());
    }

    @Test
    void trailsAreApartFromTheLowestHeightAtWhichTheyDiffer() {
        Line other = MAIN.fork(103, "b");
        Trail here = seen(MAIN, 100);
        Trail there = seen(MAIN, 100);
        for (long n = 101; n <= 106; n++) {
            here = here.saw(MAIN.block(n), GENESIS);
            there = there.saw(other.block(n), GENESIS);
        }

        assertThat(here.meet(there)).isEqualTo(new Apart(103, 106));
        assertThat(there.meet(here)).isEqualTo(new Apart(103, 106));
    }

    @Test
    void whatWasAskedForIsComparedAsWell() {
        Line other = MAIN.fork(50, "b");
        Trail asked = seen(other, 200).shown(List.of(other.block(100)), GENESIS);
        Trail near = seen(MAIN, 100);

        assertThat(asked.meet(near)).isEqualTo(new Apart(100, 100));
        assertThat(near.meet(asked)).isEqualTo(new Apart(100, 100));
    }

    @Test
    void whatWasAskedForIsForgottenAfterALeap() {
        Trail asked = seen(MAIN, 100).shown(List.of(MAIN.block(97)), GENESIS);

        assertThat(asked.saw(MAIN.block(110), GENESIS).at(97)).isEqualTo(MAIN.hash(97));
        assertThat(asked.saw(MAIN.block(1100), GENESIS).at(97)).isEmpty();
        assertThat(asked.saw(MAIN.block(110), GENESIS.plusSeconds(30)).at(97)).isEmpty();
    }

    @Test
    void aRunShowsThatItWentOnFromABlock() {
        Trail trail = seen(MAIN, 100).saw(MAIN.block(101), GENESIS);

        assertThat(trail.passed(100, MAIN.hash(100))).isTrue();
        assertThat(trail.passed(101, MAIN.hash(101))).isFalse();
        assertThat(trail.passed(100, MAIN.fork(1, "b").hash(100))).isFalse();
    }

    private static Trail seen(Line line, long height) {
        return Trail.EMPTY.saw(line.block(height), GENESIS);
    }
}
