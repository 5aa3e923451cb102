package dev.fairlead.control.health;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Wakes those who sleep long, many at a time: where a thousand nodes are watched, setting a timer for each sleep and
/// waking each sleeper alone would cost more than everything else together.
final class Metronome implements AutoCloseable {
    static final Duration BEAT = Duration.ofMillis(100);

    private final Set<Bell> sleepers = ConcurrentHashMap.newKeySet();
    private final Thread thread = Thread.ofVirtual().name("metronome").unstarted(this::beat);
    private volatile boolean open = true;

    void start() {
        thread.start();
    }

    void wakes(Bell bell) {
        sleepers.add(bell);
    }

    void leaves(Bell bell) {
        sleepers.remove(bell);
    }

    private void beat() {
        while (open) {
            LockSupport.parkNanos(this, BEAT.toNanos());
            long now = System.nanoTime();
            for (Bell bell : sleepers) bell.beat(now);
        }
    }

    @Override
    public void close() {
        open = false;
        LockSupport.unpark(thread);
    }
}
