package dev.fairlead.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.fairlead.support.Await;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/// Fails a test class in which buffers were lost. Loses one on purpose before it looks, so that it is known to see.
public final class Leaks implements BeforeAllCallback, AfterAllCallback {
    private static final AtomicInteger CANARIES = new AtomicInteger();

    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private final AppenderBase<ILoggingEvent> listening = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getFormattedMessage().contains("LEAK:")) reports.add(event.getFormattedMessage());
        }
    };

    @Override
    public void beforeAll(ExtensionContext context) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        listening.setContext(logger.getLoggerContext());
        listening.start();
        logger.setAdditive(false);
        logger.addAppender(listening);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        collect();
        collect();
        logger.detachAppender(listening);
        assertThat(reports).allMatch(report -> report.contains("canary"), "tells of a canary");
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
}
