package dev.fairlead.data.server;

import dev.fairlead.core.reply.Reply;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// The rest of a reply, sent when the test says so. Called on the call's loop only.
public final class StubRest implements Reply.Rest {
    private final StubWay way;
    public final CountDownLatch wanted = new CountDownLatch(1);
    private volatile Reply.@Nullable Sink sink;
    public volatile boolean paused;
    public volatile boolean aborted;
    public volatile boolean awaited = true;
    public volatile Runnable onResume = () -> {};

    StubRest(StubWay way) {
        this.way = way;
    }

    @Override
    public void into(Reply.Sink sink) {
        this.sink = sink;
        wanted.countDown();
        onResume.run();
    }

    public Reply.Sink sink() {
        return Objects.requireNonNull(sink, "nobody wanted the rest yet");
    }

    public void part(String text) {
        sink().part(way.buffer(text));
        sink().lull();
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        onResume.run();
    }

    @Override
    public boolean isAwaited() {
        return awaited;
    }

    @Override
    public void abort() {
        aborted = true;
    }
}
