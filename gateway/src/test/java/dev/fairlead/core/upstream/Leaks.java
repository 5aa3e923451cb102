package dev.fairlead.core.upstream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/// Watches for buffers that nobody released. Loses one on purpose each time it is asked, so that it is known to see.
final class Leaks implements AutoCloseable {
    private static final AtomicInteger CANARIES = new AtomicInteger();

    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private final AppenderBase<ILoggingEvent> listening = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getFormattedMessage().contains("LEAK:")) reports.add(event.getFormattedMessage());
        }
    };

    static Leaks watch() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        var leaks = new Leaks();
        leaks.listening.setContext(leaks.logger.getLoggerContext());
        leaks.listening.start();
        leaks.logger.setAdditive(false);
        leaks.logger.addAppender(leaks.listening);
        return leaks;
    }

    /// What was lost since the watch began.
    List<String> found() {
        collect();
        collect();
        return reports.stream().filter(report -> !report.contains("canary")).toList();
    }

    private void collect() {
        String canary = "canary " + CANARIES.incrementAndGet() + ".";
        lose(canary);
        Await.until("the canary is found", () -> {
            System.gc();
            ByteBufAllocator.DEFAULT.directBuffer(16).release();
            return reports.stream().anyMatch(report -> report.contains(canary));
        });
    }

    private static void lose(String name) {
        ByteBufAllocator.DEFAULT.directBuffer(16).touch(name);
    }

    @Override
    public void close() {
        logger.detachAppender(listening);
    }
}
