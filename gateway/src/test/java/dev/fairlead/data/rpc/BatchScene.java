package dev.fairlead.data.rpc;

import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.jsonrpc.Envelope.Batch;
import dev.fairlead.core.jsonrpc.EnvelopeReader;
import dev.fairlead.core.memory.Budgets;
import dev.fairlead.core.memory.Lease;
import dev.fairlead.core.memory.MemoryBudget;
import dev.fairlead.core.memory.MemoryConfig;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Served;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.server.Gateway;
import dev.fairlead.support.RecordedEvents;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One batch between a client and nodes that do what the test says, step by step, on one thread.
final class BatchScene implements MessageExchange {
    /// More than is kept of one reply.
    static final int MUCH = 1024 * 1024 + 1;

    private static final EmbeddedChannel CHANNEL = new EmbeddedChannel();
    private static final long PLENTY = 1L << 40;
    private static final byte[] ZEROS = new byte[MUCH];

    final RecordedEvents told = new RecordedEvents();
    final List<Node> nodes = new ArrayList<>();
    final Reader reader = new Reader();
    final LoopCalls loop;
    private final ByteBuf bytes = Unpooled.wrappedBuffer(ZEROS);
    private final CallBatch batch;
    private boolean isAsking;

    /// @param places calls that may be under way at once
    BatchScene(int elements, int places, long limit) {
        var budgets = new Budgets(new MemoryBudget(PLENTY), new MemoryBudget(PLENTY), () -> MemoryConfig.DEFAULT);
        for (int i = 0; i < elements; i++) nodes.add(new Node(i));
        loop = new LoopCalls(
                CHANNEL.eventLoop(),
                this::take,
                new Board<>(Gateway.fleet("mainnet")),
                budgets,
                new CallSerials(),
                told);
        var peer = new Peer("127.0.0.1", 1);
        var limitOfCalls = new InFlightLimit(places);
        var client = new Client(Tenant.PUBLIC, null, peer.address(), peer, null, null, ErrorPolicy.NONE, null);
        var origin = new CallOrigin(loop, this::take, "mainnet", client, null, limitOfCalls, this);
        batch = new CallBatch(origin, ((Batch) new EnvelopeReader(64, 1000).read(body(elements))).elements(), limit);
        waiting = new Waiting(limitOfCalls);
        mayAskMore();
        batch.settle();
    }

    private final Waiting waiting;

    /// As a connection asks for its messages.
    private final class Waiting implements InFlightLimit.Waiting {
        private final InFlightLimit limit;

        Waiting(InFlightLimit limit) {
            this.limit = limit;
        }

        @Override
        public void ask() {
            if (isAsking) return;
            isAsking = true;
            while (batch.hasMore() && batch.mayGoOn() && limit.take(this)) batch.next();
            isAsking = false;
        }
    }

    private static byte[] body(int elements) {
        var body = new StringBuilder("[");
        for (int i = 0; i < elements; i++) body.append(i == 0 ? "" : ",").append(Gateway.call(i, "eth_getLogs"));
        return body.append("]").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void take(Call call, Consumer<Answer> back) {
        nodes.get(Integer.parseInt(call.request().id().text())).asked(back);
    }

    /// As it comes to be when the client is patient, and everything was said.
    void awaitNothingMore() {
        for (int i = 0; i < 100 && !reader.isOver(); i++) reader.ready();
    }

    boolean isAllReleased() {
        return bytes.refCnt() == 1;
    }

    static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    @Override
    public void mayAskMore() {
        waiting.ask();
    }

    @Override
    public void answer(RpcAnswer said, @Nullable AnswerRest rest) {
        throw new IllegalStateException("a batch is not answered as one call");
    }

    @Override
    public void answerBatch(ByteBuf body, @Nullable AnswerRest rest) {
        reader.begin(body, rest);
    }

    @Override
    public boolean takeBack(Supplier<CallOrBatch> again) {
        throw new IllegalStateException("a batch is not answered as one call");
    }

    /// The time for the calls of this batch is over.
    void expire() {
        batch.refuse(Refusal.DEADLINE, "No answer in time");
    }

    @Override
    public void answerNothing() {
        throw new IllegalStateException("every call of the batch wants an answer");
    }

    @Override
    public long serial() {
        return 1;
    }

    @Override
    public @Nullable String requestId() {
        return null;
    }

    @Override
    public String name() {
        return "scene";
    }

    @Override
    public long startedAt() {
        return System.nanoTime();
    }

    @Override
    public long deadline() {
        return Long.MAX_VALUE;
    }

    @Override
    public @Nullable Lease body() {
        return null;
    }

    @Override
    public boolean take(long bytes) {
        return true;
    }

    @Override
    public void add(long bytes) {}

    @Override
    public boolean isBehind() {
        return false;
    }

    /// What one element is asked of: keeps to itself what nobody reads yet, as a socket does.
    final class Node implements Reply.Rest {
        private final int number;
        private final Queue<Runnable> unread = new ArrayDeque<>();
        private @Nullable Consumer<Answer> back;
        private @Nullable Answer early;
        private Reply.@Nullable Sink sink;
        private @Nullable String broken;
        private @Nullable BooleanSupplier isGivenUp;
        private boolean paused;
        private boolean over;
        int timesAsked;
        int timesTaken;

        Node(int number) {
            this.number = number;
        }

        void asked(Consumer<Answer> asker) {
            timesAsked++;
            back = asker;
            if (early != null) asker.accept(early);
        }

        void small() {
            answer(new Served(new Reply(text("<" + number + ">"), 0, null, -1, null)));
        }

        /// @param length as it is announced, or -1
        void large(long length) {
            answer(new Served(new Reply(text("<" + number), 0, null, length, this)));
        }

        private void answer(Answer answer) {
            early = answer;
            if (back != null) back.accept(answer);
        }

        void part() {
            comes(() -> taker().part(bytes.retainedDuplicate()));
        }

        void end() {
            comes(() -> {
                taker().part(text(">"));
                over = true;
                taker().end();
            });
        }

        void cut() {
            broken = "reset";
            comes(() -> {
                over = true;
                taker().cut("reset");
            });
        }

        /// Other calls want the connection. If the reply is given up for that, it comes again when it is asked for
        /// again.
        ///
        /// @return whether it is given up
        boolean reclaim() {
            if (over || isGivenUp == null || !isGivenUp.getAsBoolean()) return false;
            back = null;
            sink = null;
            isGivenUp = null;
            paused = false;
            over = false;
            large(-1);
            part();
            return true;
        }

        @Override
        public void taken() {
            timesTaken++;
        }

        @Override
        public void onReclaim(BooleanSupplier asked) {
            isGivenUp = asked;
        }

        private void comes(Runnable step) {
            unread.add(step);
            flush();
        }

        private Reply.Sink taker() {
            if (sink == null) throw new IllegalStateException("nobody reads");
            return sink;
        }

        @Override
        public boolean isAwaited() {
            return isFlowing();
        }

        @Override
        public @Nullable String brokenOff() {
            return broken;
        }

        private boolean isFlowing() {
            return sink != null && !paused && !over;
        }

        private void flush() {
            while (isFlowing() && !unread.isEmpty()) unread.remove().run();
        }

        @Override
        public void into(Reply.Sink taker) {
            sink = taker;
            flush();
        }

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            paused = false;
            flush();
        }

        @Override
        public void abort() {
            over = true;
            unread.clear();
        }
    }

    /// The client's side, as a connection has it: told to wait by a pause at the next part.
    static final class Reader implements Reply.Sink {
        private final StringBuilder marks = new StringBuilder();
        private @Nullable AnswerRest rest;
        private boolean flowing;
        private boolean paused;
        boolean full;
        long size;
        int ends;
        int cuts;

        void begin(ByteBuf body, @Nullable AnswerRest following) {
            taken(body);
            rest = following;
            if (rest == null) ends++;
            else if (!full) flow();
        }

        void ready() {
            full = false;
            flow();
        }

        private void flow() {
            if (rest == null || isOver()) return;
            if (!flowing) {
                flowing = true;
                rest.rest().into(this);
            } else if (paused) {
                paused = false;
                rest.rest().resume();
            }
        }

        /// Whether nothing would ever come of the answer, although its client reads.
        boolean isForgotten() {
            return rest != null
                    && flowing
                    && !paused
                    && !isOver()
                    && !rest.rest().isAwaited();
        }

        boolean isOver() {
            return ends + cuts > 0;
        }

        /// What came, but for the bulk of it.
        String marks() {
            return marks.toString();
        }

        private void taken(ByteBuf part) {
            size += part.readableBytes();
            int bulk = part.bytesBefore((byte) 0);
            while (bulk >= 0) {
                marks.append(part.readCharSequence(bulk, StandardCharsets.US_ASCII))
                        .append("…");
                part.skipBytes(MUCH);
                bulk = part.bytesBefore((byte) 0);
            }
            marks.append(part.readCharSequence(part.readableBytes(), StandardCharsets.US_ASCII));
            part.release();
        }

        @Override
        public void part(ByteBuf part) {
            taken(part);
            if (!full || paused || rest == null) return;
            paused = true;
            rest.rest().pause();
        }

        @Override
        public void end() {
            ends++;
            if (rest != null) rest.completion().whole();
        }

        @Override
        public void cut(String cause) {
            cuts++;
            if (rest != null) rest.completion().brokenOff(cause);
        }
    }
}
