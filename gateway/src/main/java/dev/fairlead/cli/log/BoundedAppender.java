package dev.fairlead.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.fairlead.cli.log.LineBudget.LeftOut;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Writes log lines. Of lines that repeat each other it writes only the first ones of each minute, and then
/// how many more there were: an outage with thousands of failures a second must not fill the disk.
final class BoundedAppender extends ConsoleAppender<ILoggingEvent> {
    private static final int OF_KIND = 10;
    private static final int OF_ALL = 3_000;
    /// An operator who asks for debug lines wants to see more of them.
    private static final int MORE = 10;
    private static final int MOST_SUMMARIES = 100;
    private static final Duration ROUND = Duration.ofSeconds(5);

    private final LineBudget<ILoggingEvent> errors = new LineBudget<>(OF_KIND, OF_ALL);
    private final LineBudget<ILoggingEvent> usual = new LineBudget<>(OF_KIND, OF_ALL);
    private final LineBudget<ILoggingEvent> details = new LineBudget<>(OF_KIND * MORE, OF_ALL * MORE);
    private final AtomicBoolean counting = new AtomicBoolean();

    @Override
    protected void append(ILoggingEvent line) {
        if (budget(line.getLevel()).admits(LineKind.of(line), line, System.nanoTime())) super.append(line);
        else if (counting.compareAndSet(false, true)) {
            Thread.ofVirtual().name("lines left out").start(this::tellInRounds);
        }
    }

    private LineBudget<ILoggingEvent> budget(Level level) {
        if (level.isGreaterOrEqual(Level.ERROR)) return errors;
        return level.isGreaterOrEqual(Level.INFO) ? usual : details;
    }

    private void tellInRounds() {
        try {
            while (isStarted()) {
                Thread.sleep(ROUND);
                long now = System.nanoTime();
                for (var budget : List.of(errors, usual, details)) tell(budget.due(now));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            counting.set(false); // after a fault, the next line left out makes this begin anew
        }
    }

    private void tell(List<LeftOut<ILoggingEvent>> due) {
        int told = Math.min(due.size(), MOST_SUMMARIES);
        for (LeftOut<ILoggingEvent> left : due.subList(0, told)) {
            super.append(summary(
                    left.last(),
                    "… and %,d more like it within a minute: %s"
                            .formatted(left.lines(), left.last().getFormattedMessage())));
        }
        if (told == due.size()) return;
        long rest =
                due.subList(told, due.size()).stream().mapToLong(LeftOut::lines).sum();
        super.append(summary(
                due.get(told).last(),
                "… and %,d more lines of %,d other kinds within a minute".formatted(rest, due.size() - told)));
    }

    private ILoggingEvent summary(ILoggingEvent of, String text) {
        var logger = ((LoggerContext) getContext()).getLogger(of.getLoggerName());
        var summary = new LoggingEvent(BoundedAppender.class.getName(), logger, of.getLevel(), text, null, null);
        if (of.getKeyValuePairs() != null) of.getKeyValuePairs().forEach(summary::addKeyValuePair);
        return summary;
    }
}
