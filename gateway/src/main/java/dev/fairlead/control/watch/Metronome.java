package dev.fairlead.control.watch;

import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fault.Supervised;
import dev.fairlead.core.fault.Supervisor;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Wakes loops that sleep long, many at a time: with a thousand nodes, a timer for each sleep and a wake-up
/// for each loop would cost more than everything else together.
final class Metronome implements AutoCloseable {
    static final Duration BEAT = Duration.ofMillis(100);

    private final Set<Sleeper> sleepers = ConcurrentHashMap.newKeySet();
    private final Supervised loop;

    interface Sleeper {
        /// The time is `now`, by `System.nanoTime()`.
        void beat(long now);
    }

    Metronome(Supervisor supervisor) {
        loop = supervisor.loop(Part.METRONOME, Thread.ofVirtual().name("metronome"), this::beat);
    }

    void start() {
        loop.start();
    }

    void wakes(Sleeper sleeper) {
        sleepers.add(sleeper);
    }

    void leaves(Sleeper sleeper) {
        sleepers.remove(sleeper);
    }

    private void beat() throws InterruptedException {
        while (true) {
            Thread.sleep(BEAT);
            long now = System.nanoTime();
            for (Sleeper sleeper : sleepers) sleeper.beat(now);
        }
    }

    @Override
    public void close() {
        loop.stop();
    }
}
