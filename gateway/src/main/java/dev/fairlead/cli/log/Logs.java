package dev.fairlead.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.fairlead.config.keys.Settings.LogStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How log lines look. Logback finds this at its start instead of a file, which would take time to read.
public final class Logs extends ContextAwareBase implements Configurator {
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg %kvp%n%ex";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        apply(context, LogStyle.CONSOLE, Level.INFO);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// Sets style and level from now on.
    public static void use(LogStyle style, org.slf4j.event.Level level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            apply(context, style, Level.convertAnSLF4JLevel(level));
        }
    }

    private static void apply(LoggerContext context, LogStyle style, Level level) {
        var appender = new BoundedAppender();
        appender.setContext(context);
        appender.setName("console");
        appender.setTarget("System.err");
        appender.setEncoder(encoder(context, style));
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(Level.WARN);
        // what becomes of Redis is told in our own words
        context.getLogger("io.lettuce").setLevel(Level.ERROR);
        context.getLogger("fairlead").setLevel(level);
        context.getLogger("dev.fairlead").setLevel(level);
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogStyle style) {
        return switch (style) {
            case CONSOLE -> {
                var lines = new PatternLayoutEncoder();
                lines.setContext(context);
                lines.setPattern(PATTERN);
                lines.start();
                yield lines;
            }
            case JSON -> {
                var json = new JsonEncoder();
                json.setContext(context);
                json.setWithContext(false);
                json.setWithSequenceNumber(false);
                json.setWithNanoseconds(false);
                json.start();
                yield json;
            }
        };
    }
}
