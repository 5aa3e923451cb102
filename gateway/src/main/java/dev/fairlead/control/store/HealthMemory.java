package dev.fairlead.control.store;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fault.Supervised;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Writes what the monitor finds to the store, round by round: a changed verdict at the next round, a mere new
/// head every few rounds, and everything once more at the end. While a node is not judged yet, what was known
/// of it stays.
public final class HealthMemory implements AutoCloseable {
    private static final int ROUNDS_PER_HEAD = 6;

    private final Store store;
    private final Board<Fleet> fleet;
    private final Duration round;
    private final Map<NodeId, NodeMemory> written = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Faults faults;
    private final Supervised loop;

    public HealthMemory(Store store, Board<Fleet> fleet, Duration round, Supervisor supervisor) {
        this.store = store;
        this.fleet = fleet;
        this.round = round;
        this.faults = supervisor.faults();
        this.loop = supervisor.loop(Part.HEALTH_MEMORY, Thread.ofVirtual().name("health-memory"), this::write);
    }

    /// @throws StoreFailure when what was written before cannot be read
    public void start() {
        for (NodeMemory memory : store.memories()) written.put(memory.node(), memory);
        loop.start();
    }

    private void write() throws InterruptedException {
        for (int rounds = 1; !closing.await(round.toMillis(), TimeUnit.MILLISECONDS); rounds++) {
            writeNews(rounds % ROUNDS_PER_HEAD == 0);
        }
        writeNews(true);
    }

    /// What cannot be written now is written at the next round.
    private void writeNews(boolean headsToo) {
        Fleet now = fleet.now();
        if (now.version() == 0) return;
        var news = new ArrayList<NodeMemory>();
        var gone = new HashSet<>(written.keySet());
        for (var chain : now.chains().values()) {
            for (NodeState state : chain.nodes()) {
                NodeMemory memory = NodeMemory.of(state);
                gone.remove(memory.node());
                NodeMemory before = written.get(memory.node());
                if (before != null && !state.verdict().judged()) continue;
                if (headsToo ? !memory.equals(before) : !memory.sameVerdict(before)) news.add(memory);
            }
        }
        if (news.isEmpty() && gone.isEmpty()) return;
        if (remembered(news, gone)) {
            news.forEach(memory -> written.put(memory.node(), memory));
            gone.forEach(written::remove);
        }
    }

    private boolean remembered(List<NodeMemory> news, Set<NodeId> gone) {
        try {
            store.remember(news, gone);
            return true;
        } catch (StoreFailure failure) {
            faults.fault(Part.HEALTH_MEMORY, "what health finds cannot be written down", failure);
            return false;
        }
    }

    /// Writes what is not written yet, and ends. Must be called before the store is closed.
    @Override
    public void close() {
        closing.countDown();
        loop.finish();
    }
}
