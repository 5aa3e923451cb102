package dev.fairlead.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestMarkTest {
    private static final String ONE = "0123456789abcdef";
    private static final String TWO = "fedcba9876543210";

    @Test
    void theMarksOfAllHeadersGoOnEachOnce() {
        assertThat(RequestMark.past(List.of(ONE))).isEqualTo(ONE);
        assertThat(RequestMark.past(List.of(ONE, TWO))).isEqualTo(ONE + ", " + TWO);
        assertThat(RequestMark.past(List.of(ONE + "," + TWO + " , " + ONE))).isEqualTo(ONE + ", " + TWO);
    }

    @Test
    void whatIsNoMarkDoesNotGoOn() {
        assertThat(RequestMark.past(List.of())).isNull();
        assertThat(RequestMark.past(List.of("", ",", "x", ONE + "0", "g123456789abcdef", "a\tb")))
                .isNull();
        assertThat(RequestMark.past(List.of("<script>, " + ONE))).isEqualTo(ONE);
    }

    @Test
    void aGatewayKnowsItsOwnMarkWhereverItStands() {
        RequestMark mark = RequestMark.random();

        assertThat(mark.isLoop(mark.mark())).isTrue();
        assertThat(mark.isLoop(ONE + ", " + mark.mark())).isTrue();
        assertThat(mark.isLoop(ONE + ", " + TWO)).isFalse();
    }

    @Test
    void tooManyGatewaysBehindEachOtherAreALoop() {
        RequestMark mark = RequestMark.random();

        assertThat(mark.isLoop(String.valueOf(RequestMark.past(marks(RequestMark.MOST - 1)))))
                .isFalse();
        assertThat(mark.isLoop(String.valueOf(RequestMark.past(marks(RequestMark.MOST)))))
                .isTrue();
        assertThat(mark.isLoop(String.valueOf(RequestMark.past(marks(10_000))))).isTrue();
        assertThat(RequestMark.past(marks(10_000))).hasSizeLessThan(200);
    }

    private static List<String> marks(int count) {
        return List.of(IntStream.range(0, count).mapToObj("%016x"::formatted).collect(Collectors.joining(",")));
    }
}
