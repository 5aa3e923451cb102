package dev.fairlead.control.watch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Wakes one loop that sleeps. A ring while it is awake is kept for its next sleep. Short sleeps end on time,
/// long ones with the nearest beat of the [Metronome].
final class WakeUp implements Metronome.Sleeper {
    /// For sleeps from this length on, one beat more or less does not matter.
    private static final Duration LONG = Metronome.BEAT.multipliedBy(4);

    private static final long HALF_A_BEAT = Metronome.BEAT.toNanos() / 2;

    private final Metronome metronome;
    private final AtomicBoolean kept = new AtomicBoolean();
    private volatile @Nullable Thread sleeper;
    private volatile long until;

    WakeUp(Metronome metronome) {
        this.metronome = metronome;
    }

    void ring() {
        if (!kept.getAndSet(true)) wake();
    }

    /// The time is `now`: a loop that has slept long enough wakes.
    @Override
    public void beat(long now) {
        if (until - now <= HALF_A_BEAT) wake();
    }

    private void wake() {
        LockSupport.unpark(sleeper);
    }

    /// Sleeps until rung, for about this long at most.
    ///
    /// @return whether it was rung
    boolean await(Duration longest) throws InterruptedException {
        until = System.nanoTime() + longest.toNanos();
        sleeper = Thread.currentThread();
        try {
            if (longest.compareTo(LONG) < 0) sleepToTheMoment();
            else sleepToABeat();
        } finally {
            sleeper = null;
        }
        if (Thread.interrupted()) throw new InterruptedException();
        return kept.getAndSet(false);
    }

    private void sleepToTheMoment() {
        for (long left = left(); left > 0 && isQuiet(); left = left()) LockSupport.parkNanos(this, left);
    }

    private void sleepToABeat() {
        try {
            metronome.wakes(this);
            while (left() > HALF_A_BEAT && isQuiet()) LockSupport.park(this);
        } finally {
            metronome.leaves(this);
        }
    }

    private boolean isQuiet() {
        return !kept.get() && !Thread.currentThread().isInterrupted();
    }

    private long left() {
        return until - System.nanoTime();
    }
}
