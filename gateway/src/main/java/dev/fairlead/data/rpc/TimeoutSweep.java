package dev.fairlead.data.rpc;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Checks everything on one event loop that can be late, four times a second, so that no call or connection
/// needs a timer of its own. Lives on its loop.
public final class TimeoutSweep implements Runnable {
    public static final Duration PERIOD = Duration.ofMillis(250);

    private final Faults faults;
    private final List<Watched> watched = new ArrayList<>();
    private final List<Watched> arrived = new ArrayList<>();

    TimeoutSweep(Faults faults) {
        this.faults = faults;
    }

    public void watch(Watched newcomer) {
        arrived.add(newcomer);
    }

    @Override
    public void run() {
        watched.addAll(arrived);
        arrived.clear();
        long now = System.nanoTime();
        watched.removeIf(one -> !look(one, now));
    }

    /// A fault in one must not end the sweep for all.
    private boolean look(Watched one, long now) {
        try {
            return one.look(now);
        } catch (RuntimeException | Error bug) {
            faults.fault(Part.CLIENTS, one.getClass().getSimpleName() + " met a fault and is watched no longer", bug);
            return false;
        }
    }

    /// The time for finishing calls is over.
    public void giveUp() {
        watched.addAll(arrived);
        arrived.clear();
        for (Watched one : List.copyOf(watched)) giveUp(one);
    }

    private void giveUp(Watched one) {
        try {
            one.giveUp();
        } catch (RuntimeException | Error bug) {
            faults.fault(Part.CLIENTS, one.getClass().getSimpleName() + " met a fault at the stop", bug);
        }
    }

    /// Something that can be late.
    public interface Watched {
        /// @param now `System.nanoTime()`
        /// @return false once there is nothing left to watch
        boolean look(long now);

        /// The server stops now: answers what can be answered at once.
        void giveUp();
    }
}
