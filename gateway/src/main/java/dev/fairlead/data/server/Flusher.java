package dev.fairlead.data.server;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/// Flushes each channel once for all the answers that one turn of the event loop brought it.
final class Flusher implements Runnable {
    private final EventLoop loop;
    private List<Conversation> waiting = new ArrayList<>();
    private List<Conversation> spare = new ArrayList<>();

    Flusher(EventLoop loop) {
        this.loop = loop;
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
        for (Conversation conversation : now) conversation.flush();
        now.clear();
    }
}
