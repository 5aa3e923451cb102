package dev.fairlead.control.watch;

import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Puts the chains together into the next Fleet and publishes it. Any thread may set a chain and publish;
/// versions come out in order, and no lock is held while the readers of the board are called.
final class FleetPublisher {
    private final Board<Fleet> board;
    private final AtomicInteger asked = new AtomicInteger();
    private Map<String, ChainState> chains = new LinkedHashMap<>();
    private long version;
    private volatile boolean missed;

    FleetPublisher(Board<Fleet> board) {
        this.board = board;
    }

    /// From now on the Fleet has these chains, in this order; others are ignored.
    synchronized void arrange(Collection<String> names) {
        var next = new LinkedHashMap<String, ChainState>();
        for (String name : names) {
            ChainState known = chains.get(name);
            if (known != null) next.put(name, known);
        }
        chains = next;
    }

    /// @return the other chains that have the id which the chain has just learned
    synchronized List<String> set(ChainState state) {
        ChainState before = chains.put(state.chain().name(), state);
        if (state.learnedId() == 0 || (before != null && before.learnedId() == state.learnedId())) return List.of();
        return chains.values().stream()
                .filter(other ->
                        !other.chain().name().equals(state.chain().name()) && other.learnedId() == state.learnedId())
                .map(other -> other.chain().name())
                .toList();
    }

    /// Publishes what is set. If another thread is publishing, that one publishes once more.
    void print() {
        if (asked.getAndIncrement() != 0) return;
        boolean done = false;
        try {
            printAll();
            done = true;
        } finally {
            missed = !done;
            if (!done) asked.set(0);
        }
    }

    private void printAll() {
        int served = 1;
        do {
            board.publish(next());
            served = asked.addAndGet(-served);
        } while (served != 0);
    }

    /// Publishes what a fault kept from being published, if there is any.
    void printMissed() {
        if (missed) print();
    }

    private synchronized Fleet next() {
        version = Math.max(version, board.now().version()) + 1;
        return new Fleet(version, chains);
    }
}
