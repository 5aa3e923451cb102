package dev.fairlead.data.connection;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/// Flushes each channel once for all answers that one turn of the event loop wrote to it.
final class Flusher implements Runnable {
    private final EventLoop loop;
    private final Faults faults;
    private List<Flushable> waiting = new ArrayList<>();
    private List<Flushable> spare = new ArrayList<>();

    interface Flushable {
        void flush();

        /// Nothing that was written leaves any more.
        void breakOff();
    }

    Flusher(EventLoop loop, Faults faults) {
        this.loop = loop;
        this.faults = faults;
    }

    void flushSoon(Flushable stream) {
        if (waiting.isEmpty()) loop.execute(this);
        waiting.add(stream);
    }

    @Override
    public void run() {
        List<Flushable> now = waiting;
        waiting = spare;
        spare = now;
        for (Flushable stream : now) flush(stream);
        now.clear();
    }

    /// A fault in one must not keep the others' answers back.
    private void flush(Flushable stream) {
        try {
            stream.flush();
        } catch (RuntimeException | Error fault) {
            faults.fault(Part.CLIENTS, "answers could not be sent; their connection is closed", fault);
            stream.breakOff();
        }
    }
}
