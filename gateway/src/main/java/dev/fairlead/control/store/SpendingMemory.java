package dev.fairlead.control.store;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fault.Supervised;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.fleet.SpentDay;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Writes down what nodes that have a plan were asked today, in its own time and once more at the end, so that a
/// restart gives no second day.
public final class SpendingMemory implements AutoCloseable {
    private final Store store;
    private final Supplier<List<SpentDay>> days;
    private final Duration round;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Faults faults;
    private final Supervised loop;
    private List<SpentDay> written = List.of();

    public SpendingMemory(Store store, Supplier<List<SpentDay>> days, Duration round, Supervisor supervisor) {
        this.store = store;
        this.days = days;
        this.round = round;
        this.faults = supervisor.faults();
        this.loop = supervisor.loop(Part.USE_MEMORY, Thread.ofVirtual().name("spending-memory"), this::write);
    }

    public void start() {
        loop.start();
    }

    private void write() throws InterruptedException {
        while (!closing.await(round.toMillis(), TimeUnit.MILLISECONDS)) writeNews();
        writeNews();
    }

    /// What cannot be written now is news still at the next round.
    private void writeNews() {
        List<SpentDay> now = days.get();
        if (now.equals(written)) return;
        try {
            store.rememberSpentDays(now);
            written = now;
        } catch (StoreFailure failure) {
            faults.fault(Part.USE_MEMORY, "what nodes were asked today cannot be written down", failure);
        }
    }

    /// Writes what is not yet written, and ends. To be called before the store is closed.
    @Override
    public void close() {
        closing.countDown();
        loop.finish();
    }
}
