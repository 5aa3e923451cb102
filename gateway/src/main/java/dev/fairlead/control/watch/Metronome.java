package dev.fairlead.control.watch;

import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fault.Supervised;
import dev.fairlead.core.fault.Supervisor;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Wakes those who sleep long, many at a time: where a thousand nodes are watched, setting a timer for each sleep and
/// waking each sleeper alone would cost more than everything else together.
final class Metronome implements AutoCloseable {
    static final Duration BEAT = Duration.ofMillis(100);

    private final Set<WakeUp> sleepers = ConcurrentHashMap.newKeySet();
    private final Supervised loop;

    Metronome(Supervisor supervisor) {
        loop = supervisor.loop(Part.METRONOME, Thread.ofVirtual().name("metronome"), this::beat);
    }

    void start() {
        loop.start();
    }

    void wakes(WakeUp wakeUp) {
        sleepers.add(wakeUp);
    }

    void leaves(WakeUp wakeUp) {
        sleepers.remove(wakeUp);
    }

    private void beat() throws InterruptedException {
        while (true) {
            Thread.sleep(BEAT);
            long now = System.nanoTime();
            for (WakeUp wakeUp : sleepers) wakeUp.beat(now);
        }
    }

    @Override
    public void close() {
        loop.stop();
    }
}
