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
    private List<HttpStream> waiting = new ArrayList<>();
    private List<HttpStream> spare = new ArrayList<>();

    Flusher(EventLoop loop, Faults faults) {
        this.loop = loop;
        this.faults = faults;
    }

    void flushSoon(HttpStream stream) {
        if (waiting.isEmpty()) loop.execute(this);
        waiting.add(stream);
    }

    @Override
    public void run() {
        List<HttpStream> now = waiting;
        waiting = spare;
        spare = now;
        for (HttpStream stream : now) flush(stream);
        now.clear();
    }

    /// A fault in one must not keep the others' answers back.
    private void flush(HttpStream stream) {
        try {
            stream.flush();
        } catch (RuntimeException | Error fault) {
            faults.fault(Part.CLIENTS, "answers could not be sent; their connection is closed", fault);
            stream.breakOff();
        }
    }
}
