package dev.fairlead.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.fairlead.cli.log.LineBudget.LeftOut;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LineBudgetTest {
    private static final LineKind A = new LineKind("calls", Level.WARN, "call failed: {}", "a");
    private static final LineKind B = new LineKind("calls", Level.WARN, "call failed: {}", "b");

    private final LineBudget<String> budget = new LineBudget<>(10, 100);
    private final LoggerContext context = new LoggerContext();

    @Test
    void ofAFloodTheFirstLinesAreWrittenAndTheRestCounted() {
        assertThat(written(A, 12_355, 0)).isEqualTo(10);

        assertThat(budget.due(seconds(59))).isEmpty();
        assertThat(budget.due(seconds(61))).containsExactly(new LeftOut<>("line 12354", 12_345));
        assertThat(budget.due(seconds(62))).isEmpty();
        assertThat(written(A, 100, 62)).isEqualTo(10);
    }

    @Test
    void oneKindDoesNotHideAnother() {
        written(A, 10_000, 0);

        assertThat(written(B, 10_000, 1)).isEqualTo(10);
    }

    @Test
    void whatComesNowAndThenIsAllWritten() {
        for (int minute = 0; minute < 100; minute++)
            assertThat(written(A, 5, minute * 61L)).isEqualTo(5);
    }

    @Test
    void kindsWithoutNumberFillNeitherLogNorMemory() {
        int written = 0;
        for (int i = 0; i < 100_000; i++) {
            written += written(new LineKind("calls", Level.WARN, "call failed: {}", "kind " + i), 1, 0);
        }

        assertThat(written).isEqualTo(100);
        assertThat(budget.due(seconds(61))).hasSizeLessThan(5_000);
        assertThat(budget.due(seconds(61))).isEmpty();
    }

    @Test
    void linesThatDifferInNumbersOnlyAreOfOneKind() {
        assertThat(kind("call failed: block {} of 0xabcdef12 at 2026-11-27T07:03:58Z", 17, "geth-1", "7"))
                .isEqualTo(kind("call failed: block {} of 0xabcdef12 at 2026-11-27T07:03:58Z", 4_711, "geth-1", "8"));
    }

    @Test
    void linesAboutDifferentNodesOrReasonsAreNot() {
        LineKind one = kind("call failed: {}", "timeout", "geth-1", "7");

        assertThat(one).isNotEqualTo(kind("call failed: {}", "timeout", "geth-2", "7"));
        assertThat(one).isNotEqualTo(kind("call failed: {}", "refused", "geth-1", "7"));
    }

    private LineKind kind(String template, Object argument, String node, String call) {
        var line =
                new LoggingEvent("", context.getLogger("calls"), Level.WARN, template, null, new Object[] {argument});
        line.addKeyValuePair(new KeyValuePair("call", call));
        line.addKeyValuePair(new KeyValuePair("node", node));
        return LineKind.of(line);
    }

    private int written(LineKind kind, int lines, long second) {
        int written = 0;
        for (int i = 0; i < lines; i++) {
            if (budget.admits(kind, "line " + i, seconds(second))) written++;
        }
        return written;
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
