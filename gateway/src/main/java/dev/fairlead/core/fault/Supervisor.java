package dev.fairlead.core.fault;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Sees to it that loops which must go on do: one that dies by a fault is started anew after a short pause
/// that grows, and one that keeps dying makes the process unfit, so that what watches the process restarts it.
public final class Supervisor {
    private final Faults faults;
    private final Set<Supervised> dying = ConcurrentHashMap.newKeySet();

    private final Supervised.Owner owner = new LoopOwner();

    public Supervisor(Faults faults) {
        this.faults = faults;
    }

    /// A loop that is not started yet.
    ///
    /// @param thread what it is to run on, and under which name
    public Supervised loop(Part part, Thread.Builder thread, Supervised.Body body) {
        return new Supervised(owner, part, thread, body);
    }

    /// For faults that end no loop.
    public Faults faults() {
        return faults;
    }

    /// Why the process should be started again, if a loop of it keeps dying.
    public Optional<String> fault() {
        long now = System.nanoTime();
        dying.removeIf(loop -> loop.crashes().areOver(now));
        return dying.stream()
                .filter(loop -> loop.crashes().areTooMany(now))
                .findFirst()
                .map(loop -> loop.name() + " keeps dying (" + loop.crashes().inARow() + " times): "
                        + loop.crashes().last());
    }

    private final class LoopOwner implements Supervised.Owner {
        @Override
        public void died(Supervised loop, Part part, Throwable fault) {
            dying.add(loop);
            faults.fault(part, loop.name() + " died and is started anew", fault);
        }

        @Override
        public void over(Supervised loop) {
            dying.remove(loop);
        }
    }
}
