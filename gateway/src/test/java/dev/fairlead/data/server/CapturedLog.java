package dev.fairlead.data.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/// Every line that the gateway and its libraries log from now on, at debug level.
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger gateway = (Logger) LoggerFactory.getLogger("dev.fairlead");
    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();

    CapturedLog() {
        start();
        gateway.setLevel(Level.DEBUG);
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent line) {
        lines.add(line);
    }

    /// As they would be written, with their stack traces.
    List<String> texts() {
        return lines.stream()
                .map(line -> line.getFormattedMessage()
                        + line.getKeyValuePairs()
                        + (line.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(line.getThrowableProxy())))
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        gateway.setLevel(null);
        stop();
    }
}
