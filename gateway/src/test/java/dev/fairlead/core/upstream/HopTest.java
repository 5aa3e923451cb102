package dev.fairlead.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HopTest {
    private static final String ONE = "0123456789abcdef";
    private static final String TWO = "fedcba9876543210";

    @Test
    void theMarksOfAllHeadersGoOnEachOnce() {
        assertThat(Hop.past(List.of(ONE))).isEqualTo(ONE);
        assertThat(Hop.past(List.of(ONE, TWO))).isEqualTo(ONE + ", " + TWO);
        assertThat(Hop.past(List.of(ONE + "," + TWO + " , " + ONE))).isEqualTo(ONE + ", " + TWO);
    }

    @Test
    void whatIsNoMarkDoesNotGoOn() {
        assertThat(Hop.past(List.of())).isNull();
        assertThat(Hop.past(List.of("", ",", "x", ONE + "0", "g123456789abcdef", "a\tb")))
                .isNull();
        assertThat(Hop.past(List.of("<script>, " + ONE))).isEqualTo(ONE);
    }

    @Test
    void aGatewayKnowsItsOwnMarkWhereverItStands() {
        Hop hop = Hop.random();

        assertThat(hop.isLoop(hop.mark())).isTrue();
        assertThat(hop.isLoop(ONE + ", " + hop.mark())).isTrue();
        assertThat(hop.isLoop(ONE + ", " + TWO)).isFalse();
    }

    @Test
    void tooManyGatewaysBehindEachOtherAreALoop() {
        Hop hop = Hop.random();

        assertThat(hop.isLoop(String.valueOf(Hop.past(marks(Hop.MOST - 1))))).isFalse();
        assertThat(hop.isLoop(String.valueOf(Hop.past(marks(Hop.MOST))))).isTrue();
        assertThat(hop.isLoop(String.valueOf(Hop.past(marks(10_000))))).isTrue();
        assertThat(Hop.past(marks(10_000))).hasSizeLessThan(200);
    }

    private static List<String> marks(int count) {
        return List.of(IntStream.range(0, count).mapToObj("%016x"::formatted).collect(Collectors.joining(",")));
    }
}
