package dev.fairlead;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes what was made, in the reverse order, and goes on when closing one part fails.
final class Closer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Closer.class);

    private final Deque<Part> parts = new ArrayDeque<>();

    private record Part(String name, AutoCloseable part) {}

    /// Remembers `part`, to be closed before all that were remembered earlier.
    <T extends AutoCloseable> T last(String name, T part) {
        parts.push(new Part(name, part));
        return part;
    }

    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.part().close();
            } catch (Exception | Error failure) {
                log.warn("{} could not be closed", part.name(), failure);
            }
        }
    }
}
