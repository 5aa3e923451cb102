package dev.fairlead.control.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Chain.Probing;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.fleet.Verdict.Forked;
import dev.fairlead.core.fleet.Verdict.Lagging;
import dev.fairlead.core.fleet.Verdict.Ready;
import dev.fairlead.core.fleet.Verdict.Unknown;
import dev.fairlead.core.fleet.Verdict.Unreachable;
import dev.fairlead.core.fleet.Verdict.WrongChain;
import dev.fairlead.support.Property;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SteadinessTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Head HEAD = new Head(100, "0xa", NOW, NOW);
    private static final Verdict READY = new Ready(HEAD, Lag.ZERO);
    private static final Verdict LAGGING = new Lagging(HEAD, new Lag(11, Duration.ofSeconds(1)), "11 blocks behind");
    private static final Verdict GONE = new Unreachable("refused", NOW);
    private static final Verdict FORKED = new Forked(HEAD, "another block");
    private static final Verdict FOREIGN = new WrongChain("chain id 1", "chain id 5");

    static List<Verdict> every() {
        return List.of(READY, LAGGING, GONE, FORKED, FOREIGN);
    }

    @ParameterizedTest
    @MethodSource("every")
    void theFirstVerdictHoldsAtOnce(Verdict first) {
        var steadiness = Steadiness.at(new Unknown("not probed yet"));

        assertThat(steadiness.next(first, true, probing(3, 3)).shown()).isEqualTo(first);
    }

    @Test
    void aReadyNodeStaysReadyUntilEnoughSamplesInARowSayOtherwise() {
        var steady = Steadiness.at(READY).next(GONE, true, probing(3, 2)).next(GONE, true, probing(3, 2));

        assertThat(steady.shown()).isEqualTo(READY);
        assertThat(steady.next(GONE, true, probing(3, 2)).shown()).isEqualTo(GONE);
    }

    @Test
    void oneGoodSampleStartsTheCountAnew() {
        Probing two = probing(2, 2);

        var steady = Steadiness.at(READY)
                .next(GONE, true, two)
                .next(READY, true, two)
                .next(GONE, true, two);

        assertThat(steady.shown()).isEqualTo(READY);
    }

    @Test
    void aSickNodeIsReadyAfterEnoughGoodSamplesInARow() {
        Probing three = probing(2, 3);

        var steady = Steadiness.at(GONE).next(READY, true, three).next(READY, true, three);

        assertThat(steady.shown()).isEqualTo(GONE);
        assertThat(steady.next(READY, true, three).shown()).isEqualTo(READY);
    }

    @Test
    void aWrongChainAndAForkHoldAtOnce() {
        assertThat(Steadiness.at(READY).next(FOREIGN, true, probing(9, 9)).shown())
                .isEqualTo(FOREIGN);
        assertThat(Steadiness.at(READY).next(FORKED, false, probing(9, 9)).shown())
                .isEqualTo(FORKED);
    }

    @Test
    void aSickNodeShowsItsNewestTroubleAtOnce() {
        assertThat(Steadiness.at(LAGGING).next(GONE, true, probing(9, 9)).shown())
                .isEqualTo(GONE);
    }

    @Test
    void aJudgementWithoutANewSampleNeverCounts() {
        Steadiness steady = Steadiness.at(READY);

        for (int i = 0; i < 10; i++) steady = steady.next(LAGGING, false, probing(2, 2));

        assertThat(steady.shown().ready()).isTrue();
    }

    @Test
    void theEvidenceOfAReadyNodeFollowsEverySample() {
        var later = new Ready(new Head(101, "0xb", NOW, NOW), new Lag(1, Duration.ofSeconds(1)));

        assertThat(Steadiness.at(READY).next(later, true, probing(2, 2)).shown())
                .isEqualTo(later);
        assertThat(Steadiness.at(READY).next(LAGGING, true, probing(2, 2)).shown())
                .isEqualTo(new Ready(HEAD, new Lag(11, Duration.ofSeconds(1))));
    }

    @Test
    void neverFlipsOnFewerSamplesThanAskedFor() {
        Property.holds(
                1000,
                any -> neverFlipsOnFewerSamplesThanAskedFor(
                        any.list(0, 255, any::bool), any.between(1, 5), any.between(1, 5)));
    }

    private void neverFlipsOnFewerSamplesThanAskedFor(List<Boolean> samples, int fall, int rise) {
        Steadiness steady = Steadiness.at(READY);
        int row = 0;
        boolean last = true;
        for (boolean good : samples) {
            boolean before = steady.shown().ready();
            row = good == last ? row + 1 : 1;
            last = good;

            steady = steady.next(good ? READY : GONE, true, probing(fall, rise));

            boolean flipped = before != steady.shown().ready();
            int needed = before ? fall : rise;
            assertThat(flipped).isEqualTo(good != before && row >= needed);
        }
    }

    private static Probing probing(int fall, int rise) {
        return new Probing(Duration.ofSeconds(2), Duration.ofSeconds(2), fall, rise, Duration.ofSeconds(12), false);
    }
}
