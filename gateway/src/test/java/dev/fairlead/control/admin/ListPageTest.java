package dev.fairlead.control.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListPageTest {
    private record Shown(int number, String text) {}

    private static final List<Integer> LINES = IntStream.range(0, 2_000).boxed().toList();

    @Test
    void aListOfUsualLinesIsWhole() {
        assertThat(ListPage.ending(LINES, number -> new Shown(number, "usual"))).hasSize(2_000);
    }

    @Test
    void ofLongLinesThereAreFewer() {
        var beginning = ListPage.beginning(LINES, number -> new Shown(number, "x".repeat(5_000)));
        var ending = ListPage.ending(LINES, number -> new Shown(number, "x".repeat(5_000)));

        assertThat(beginning).hasSizeBetween(90, 105);
        assertThat(beginning.getFirst().number()).isZero();
        assertThat(ending).hasSameSizeAs(beginning);
        assertThat(ending.getLast().number()).isEqualTo(1_999);
    }

    @Test
    void oneLineIsShownHoweverLong() {
        assertThat(ListPage.beginning(LINES, number -> new Shown(number, "x".repeat(1 << 20))))
                .hasSize(1);
    }
}
