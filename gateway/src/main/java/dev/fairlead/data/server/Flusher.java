package dev.fairlead.data.server;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/// Flushes each channel once for all the answers that one turn of the event loop brought it.
final class Flusher implements Runnable {
    private final EventLoop loop;
    private final Faults faults;
    private List<Conversation> waiting = new ArrayList<>();
    private List<Conversation> spare = new ArrayList<>();

    Flusher(EventLoop loop, Faults faults) {
        this.loop = loop;
        this.faults = faults;
    }

    void flushSoon(Conversation conversation) {
        if (waiting.isEmpty()) loop.execute(this);
        waiting.add(conversation);
    }

    @Override
    public void run() {
        List<Conversation> now = waiting;
        waiting = spare;
        spare = now;
        for (Conversation conversation : now) flush(conversation);
        now.clear();
    }

    /// A fault in one must not keep the others' answers back.
    private void flush(Conversation conversation) {
        try {
            conversation.flush();
        } catch (RuntimeException | Error fault) {
            faults.fault(Part.CLIENTS, "answers could not be sent; their connection is closed", fault);
            conversation.breakOff();
        }
    }
}
