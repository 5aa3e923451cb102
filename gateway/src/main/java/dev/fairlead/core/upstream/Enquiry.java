package dev.fairlead.core.upstream;

import dev.fairlead.core.eth.Complaint;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.JsonScan;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.upstream.Outcome.Answered;
import dev.fairlead.core.upstream.Outcome.Declined;
import dev.fairlead.core.upstream.Outcome.NotSent;
import dev.fairlead.core.upstream.Outcome.Unanswered;
import dev.fairlead.core.upstream.Told.Objected;
import dev.fairlead.core.upstream.Told.Said;
import dev.fairlead.core.upstream.Told.Silent;
import dev.fairlead.core.upstream.Upstream.Attempt;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks a node one question and waits for the answer: how the control plane speaks to nodes, on virtual threads. Its
/// questions go before the clients' calls, so that a busy node does not look like a dead one.
public final class Enquiry {
    /// Answers beyond this are given up; the control plane keeps them in memory.
    private static final int LARGEST = 8 * 1024 * 1024;
    /// Timeouts are kept by the event loop; this much later something is wrong with it.
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final Upstreams upstreams;

    public Enquiry(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /// @param timeout for the whole answer
    /// @throws InterruptedException when the asking thread is interrupted; the attempt is cancelled then
    public Told ask(Node node, Request request, Duration timeout) throws InterruptedException {
        EventLoop loop = upstreams.anyLoop();
        long begun = System.nanoTime();
        var told = new CompletableFuture<Told>();
        var attempt = new CompletableFuture<Attempt>();
        try {
            loop.execute(() -> attempt.complete(upstreams
                    .of(loop)
                    .attempt(node, request, timeout, Urgency.PROBE, outcome -> answer(outcome, begun, told))));
            return told.get(timeout.plus(SLACK).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            giveUp(loop, attempt, told);
            return new Silent("no whole reply within " + Causes.seconds(timeout), since(begun));
        } catch (InterruptedException interruption) {
            giveUp(loop, attempt, told);
            throw interruption;
        } catch (RejectedExecutionException _) {
            return new Silent("the gateway is shutting down", since(begun));
        } catch (ExecutionException bug) {
            throw new IllegalStateException("an answer could not be read", bug);
        }
    }

    private static void giveUp(EventLoop loop, CompletableFuture<Attempt> attempt, CompletableFuture<Told> told) {
        told.cancel(false);
        attempt.thenAccept(begun -> loop.execute(begun::cancel));
    }

    private static void answer(Outcome outcome, long begun, CompletableFuture<Told> told) {
        switch (outcome) {
            case Answered(var reply) -> collect(reply, begun, told);
            case Declined(var complaint, var _, var error, var _, var cause) ->
                told.complete(
                        objected(error == null ? new RpcError(RpcError.INTERNAL, cause) : error, complaint, begun));
            case NotSent(var _, var cause) -> told.complete(new Silent(cause, since(begun)));
            case Unanswered(var _, var cause) -> told.complete(new Silent(cause, since(begun)));
        }
    }

    private static void collect(Reply reply, long begun, CompletableFuture<Told> told) {
        RpcError error = reply.error();
        if (error != null) {
            reply.discard();
            told.complete(objected(error, Complaint.CALLERS, begun));
        } else if (reply.rest() == null) {
            byte[] body = bytes(reply.body());
            told.complete(said(body, body.length, reply.valueAt(), begun));
        } else {
            reply.rest().into(new Collecting(reply.rest(), bytes(reply.body()), reply.valueAt(), begun, told));
        }
    }

    private static Told said(byte[] body, int size, int valueAt, long begun) {
        int end = JsonScan.skipValue(body, valueAt, size, JsonScan.DEEPEST);
        if (end < 0) return new Silent("reply is broken JSON", since(begun));
        return new Said(new Slice(body, valueAt, end), since(begun));
    }

    private static Told objected(RpcError error, Complaint complaint, long begun) {
        return new Objected(error, complaint, since(begun));
    }

    private static byte[] bytes(ByteBuf body) {
        byte[] bytes = new byte[body.readableBytes()];
        body.readBytes(bytes);
        body.release();
        return bytes;
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /// A large answer, put together in memory.
    private static final class Collecting implements Reply.Sink {
        private final Reply.Rest rest;
        private final int valueAt;
        private final long begun;
        private final CompletableFuture<Told> told;
        private byte[] body;
        private int size;

        Collecting(Reply.Rest rest, byte[] first, int valueAt, long begun, CompletableFuture<Told> told) {
            this.rest = rest;
            this.body = first;
            this.size = first.length;
            this.valueAt = valueAt;
            this.begun = begun;
            this.told = told;
        }

        @Override
        public void part(ByteBuf part) {
            int more = part.readableBytes();
            if (told.isDone() || size + more > LARGEST) {
                part.release();
                rest.abort();
                cut("answer of more than " + LARGEST + " bytes");
                return;
            }
            if (size + more > body.length) body = Arrays.copyOf(body, Math.min(LARGEST, 2 * (size + more)));
            part.readBytes(body, size, more);
            size += more;
            part.release();
        }

        @Override
        public void end() {
            told.complete(said(body, size, valueAt, begun));
        }

        @Override
        public void cut(String cause) {
            told.complete(new Silent(cause, since(begun)));
        }
    }
}
