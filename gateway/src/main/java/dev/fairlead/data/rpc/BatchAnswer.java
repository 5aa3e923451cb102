package dev.fairlead.data.rpc;

import dev.fairlead.core.reply.Reply;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The answer of a batch that is too large to be held: its elements leave in their order, as they come and as
/// the client takes them. Once it has begun, a reply that breaks off can only be told by ending the
/// connection.
final class BatchAnswer implements Reply.Rest, Reply.Sink, AnswerRest.Completion {
    private static final int RUN = 64;

    private final Batch batch;
    private final LoopCalls loop;
    private final Element[] elements;
    private Reply.@Nullable Sink sink;
    private @Nullable ReplyCollector relaying;
    private int turn;
    private boolean begun;
    private boolean paused;
    private boolean isFlowing;
    private boolean over;

    /// The batch that it answers.
    interface Batch {
        /// Whether there are calls that were not sent on their way yet.
        boolean hasMore();

        /// The turn of that element has come, whose reply was given up meanwhile: asks for it again.
        void askAgain(int element);

        /// The reply to that element, which waited for its turn, has left.
        void relayed(int element);

        /// The whole answer has left.
        void finished();

        /// Its answer ends in the middle.
        void brokenOff(String cause);

        /// The client is gone.
        void abandon();
    }

    /// One element and what became of it.
    interface Element {
        /// Whether it leaves at once when its turn comes.
        boolean isReady();

        /// Whether the answer has nothing for it, as for a notification.
        boolean isSilent();

        /// Whether its call has no answer, or one that is still collected.
        boolean isAwaited();

        /// Whether its large reply was given up before its turn came, for the sake of other calls.
        boolean isReclaimed();

        /// The bytes that it keeps; ownership passes to the caller.
        ByteBuf take();

        /// Its large reply, if that waits for its turn.
        @Nullable
        ReplyCollector standing();

        void cut(String cause);
    }

    BatchAnswer(Batch batch, LoopCalls loop, Element[] elements) {
        this.batch = batch;
        this.loop = loop;
        this.elements = elements;
    }

    AnswerRest rest() {
        return new AnswerRest(this, -1, this);
    }

    /// The element that leaves next.
    int turn() {
        return turn;
    }

    @Override
    public void into(Reply.Sink taker) {
        sink = taker;
        flow();
    }

    @Override
    public void pause() {
        paused = true;
        if (relaying != null) relaying.pause();
    }

    @Override
    public void resume() {
        paused = false;
        if (relaying != null) relaying.resume();
        flow();
    }

    @Override
    public void abort() {
        over = true;
        batch.abandon();
    }

    @Override
    public void taken() {
        ReplyCollector next = relaying == null && turn < elements.length ? elements[turn].standing() : relaying;
        if (next != null) next.taken();
    }

    @Override
    public boolean isWanted() {
        for (int i = turn; i < elements.length; i++) {
            ReplyCollector standing = elements[i].standing();
            if (standing != null && standing.isWanted()) return true;
        }
        return false;
    }

    @Override
    public boolean isAwaited() {
        if (relaying != null) return relaying.isAwaited();
        skipSilent();
        return turn < elements.length ? elements[turn].isAwaited() : batch.hasMore();
    }

    /// Passes on the elements whose turn has come.
    void flow() {
        if (isFlowing) return;
        isFlowing = true;
        Reply.Sink taker = sink;
        boolean more = taker != null;
        try {
            while (taker != null && more) more = canFlow() && step(taker);
        } finally {
            isFlowing = false;
        }
        if (taker != null && !over) taker.lull();
    }

    private boolean canFlow() {
        return !paused && !over && relaying == null;
    }

    /// @return whether something was passed on
    private boolean step(Reply.Sink taker) {
        skipSilent();
        if (turn == elements.length) {
            if (batch.hasMore()) return false;
            over = true;
            batch.finished();
            taker.part(new JsonArray(loop.buffers(), 0, 0, begun).finish());
            taker.end();
            return false;
        }
        if (elements[turn].isReady()) {
            taker.part(run());
            return true;
        }
        if (elements[turn].isReclaimed()) {
            batch.askAgain(turn);
            return true;
        }
        ReplyCollector standing = elements[turn].standing();
        if (standing == null) return false;
        String broken = standing.brokenOff();
        if (broken == null) relay(taker, standing);
        else standing.fail(broken);
        return true;
    }

    private void skipSilent() {
        while (turn < elements.length && elements[turn].isSilent()) turn++;
    }

    private ByteBuf run() {
        var run = new JsonArray(loop.buffers(), RUN, 0, begun);
        for (int i = 0;
                i < RUN && turn < elements.length && (elements[turn].isReady() || elements[turn].isSilent());
                i++) {
            if (elements[turn].isReady()) run.add(elements[turn].take());
            turn++;
        }
        begun = true;
        return run.soFar();
    }

    private void relay(Reply.Sink taker, ReplyCollector standing) {
        relaying = standing;
        standing.taken(); // it did not wait for its client until now
        var opening = new JsonArray(loop.buffers(), 1, 0, begun);
        begun = true;
        opening.add(standing.relay(this));
        taker.part(opening.soFar());
        if (!paused && !over) standing.resume();
    }

    // How the reply that is relayed goes on and ends.

    @Override
    public void part(ByteBuf part) {
        if (sink == null || over) part.release();
        else sink.part(part);
    }

    @Override
    public void lull() {
        if (sink != null && !over) sink.lull();
    }

    @Override
    public void end() {
        relaying = null;
        batch.relayed(turn++);
        flow();
    }

    @Override
    public void cut(String cause) {
        relaying = null;
        if (over) return;
        over = true;
        elements[turn].cut(cause);
        if (sink != null) sink.cut(cause);
    }

    // How the whole answer ends.

    @Override
    public void whole() {
        // each call was told when its element had left
    }

    @Override
    public void brokenOff(String cause) {
        over = true;
        batch.brokenOff(cause);
    }

    @Override
    public void abandoned() {
        abort();
    }
}
