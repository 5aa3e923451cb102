package dev.fairlead.core.upstream;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.Secrets;
import dev.fairlead.core.jsonrpc.JsonScan;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.NetworkErrors;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Outcome.Answered;
import dev.fairlead.core.reply.Outcome.Declined;
import dev.fairlead.core.reply.Outcome.NotSent;
import dev.fairlead.core.reply.Outcome.Unanswered;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.core.upstream.NodeQueryAnswer.Objected;
import dev.fairlead.core.upstream.NodeQueryAnswer.Said;
import dev.fairlead.core.upstream.NodeQueryAnswer.Silent;
import dev.fairlead.core.upstream.NodeQueryAnswer.Unasked;
import dev.fairlead.core.upstream.Upstream.Attempt;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// One question of a [NodeQuery]: sent on the event loop, awaited on another thread. The wait needs no timer,
/// because every attempt ends within its timeout by itself, and a fault is passed on to the waiting thread.
final class RunningQuery implements Runnable, QueryReplyCollector.Receiver {
    private final EventLoop loop;
    private final LoopUpstream upstream;
    private final Node node;
    private final Request request;
    private final Duration timeout;
    private final long begun = System.nanoTime();
    private final CompletableFuture<NodeQueryAnswer> told = new CompletableFuture<>();
    private @Nullable Attempt attempt;
    private volatile @Nullable Secrets secrets;

    RunningQuery(EventLoop loop, LoopUpstream upstream, Node node, Request request, Duration timeout) {
        this.loop = loop;
        this.upstream = upstream;
        this.node = node;
        this.request = request;
        this.timeout = timeout;
    }

    /// Sends the question; on the event loop.
    @Override
    public void run() {
        if (told.isDone()) return;
        try {
            secrets = upstream.secrets(node);
            attempt = upstream.probe(node, request, timeout, this::ended);
        } catch (RuntimeException | Error bug) {
            told.completeExceptionally(bug);
        }
    }

    /// Without secrets, because callers make texts of it.
    NodeQueryAnswer answer() throws InterruptedException, ExecutionException {
        NodeQueryAnswer answer = told.get();
        Secrets hidden = secrets;
        if (hidden == null || !(answer instanceof Said(var result, var took))) return answer;
        return new Said(hidden.hiddenIn(result), took);
    }

    /// The answer is no longer wanted.
    void giveUp() {
        told.cancel(false);
        try {
            loop.execute(this::cancel);
        } catch (RejectedExecutionException _) {
            // the loop is gone, and the attempt with it
        }
    }

    Duration took() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void cancel() {
        if (attempt != null) attempt.cancel();
    }

    private void ended(Outcome outcome) {
        try {
            take(outcome);
        } catch (RuntimeException | Error bug) {
            told.completeExceptionally(bug);
        }
    }

    private void take(Outcome outcome) {
        switch (outcome) {
            case Answered(var reply) -> collect(reply);
            case Declined(var meaning, var _, var error, var _, var _, var cause) ->
                objected(error == null ? new RpcError(RpcError.INTERNAL, cause) : error, meaning);
            case NotSent(var reason, var cause) -> unanswered(reason, cause);
            case Unanswered(var reason, var cause) -> unanswered(reason, cause);
        }
    }

    private void collect(Reply reply) {
        RpcError error = reply.error();
        if (error != null) {
            reply.discard();
            objected(error, ErrorMeaning.CALLERS);
        } else if (reply.rest() == null) {
            byte[] body = bytes(reply.body());
            said(body, body.length, reply.valueAt());
        } else {
            new QueryReplyCollector(this, reply.rest(), bytes(reply.body()), reply.valueAt())
                    .begin(loop, timeout.minus(took()));
        }
    }

    @Override
    public void said(byte[] body, int size, int valueAt) {
        try {
            int end = JsonScan.skipValue(body, valueAt, size, JsonScan.DEEPEST);
            if (end < 0) silent("reply is broken JSON");
            else told.complete(new Said(new Slice(body, valueAt, end), took()));
        } catch (RuntimeException | Error bug) {
            told.completeExceptionally(bug);
        }
    }

    @Override
    public String late() {
        return "no whole reply within " + NetworkErrors.seconds(timeout);
    }

    private void objected(RpcError error, ErrorMeaning meaning) {
        told.complete(new Objected(error, meaning, took()));
    }

    private void unanswered(NoAnswerReason reason, String cause) {
        if (reason == NoAnswerReason.OURS) told.complete(new Unasked(cause, took()));
        else silent(cause);
    }

    @Override
    public void silent(String cause) {
        told.complete(new Silent(cause, took()));
    }

    @Override
    public boolean isOver() {
        return told.isDone();
    }

    private static byte[] bytes(ByteBuf body) {
        byte[] bytes = new byte[body.readableBytes()];
        body.readBytes(bytes);
        body.release();
        return bytes;
    }
}
