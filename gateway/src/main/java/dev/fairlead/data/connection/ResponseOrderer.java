package dev.fairlead.data.connection;

import dev.fairlead.core.fault.Part;
import dev.fairlead.core.memory.Lease;
import dev.fairlead.core.memory.MemoryShare;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.http.ConnectionCosts;
import dev.fairlead.data.http.HttpAnswer;
import dev.fairlead.data.http.RequestHead;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.data.rpc.AnswerRest;
import dev.fairlead.data.rpc.CallOrBatch;
import dev.fairlead.data.rpc.InFlightLimit;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The requests of one connection in the order they came. Their calls run side by side; their answers leave in order,
/// one at a time, and no faster than the client takes them.
///
/// ```
///   open ──▶ submit ──▶ asking ──▶ answered ──▶ [its turn, channel writable] ──▶ written
///     └─ refused at once ────────────▲              └─▶ streaming ─────────────────▲
/// ```
final class ResponseOrderer implements InFlightLimit.Waiting, HttpExchange.Owner, StreamedAnswer.Owner {
    private final LoopContext context;
    private final Outlet outlet;
    private final Channel channel;
    private final InFlightLimit limit;
    private final AnswerWriter writer;
    private final ServerState state;
    private final MemoryShare heap;
    private final UnreadBytes unread;
    private final boolean isStream;
    /// The settings when the newest request came.
    private ServerConfig config;
    private final ArrayDeque<HttpExchange> exchanges = new ArrayDeque<>();
    private final Queue<CallOrBatch> asking = new ArrayDeque<>();
    private @Nullable StreamedAnswer streamed;
    private boolean streamingLast;
    private boolean streamingTellsItsEnd;
    private boolean isAsking;
    private boolean isWriting;
    private boolean over;
    private long written;

    /// What its answers leave by: a connection of HTTP/1.1, or a stream of HTTP/2.
    interface Outlet {
        boolean isStream();

        /// Whether no part of the next request has come.
        boolean isBetween();

        boolean canWrite();

        /// Reads from the client only while its answers can leave and its calls find places.
        void regulate();

        /// Flushes what was written.
        void flushSoon();

        /// The last answer is written.
        void farewell();

        /// Ends in such a way that the client cannot take what was written for a complete answer.
        void breakOff();
    }

    ResponseOrderer(LoopContext context, Outlet outlet, Channel channel, InFlightLimit limit) {
        this.context = context;
        this.outlet = outlet;
        this.channel = channel;
        this.limit = limit;
        this.writer = new AnswerWriter(context, channel);
        this.state = context.state();
        this.heap = context.heap();
        this.unread = new UnreadBytes(channel, context.direct(), limit);
        this.isStream = outlet.isStream();
        this.config = state.config();
    }

    /// @param size further bytes that it keeps
    HttpExchange open(RequestHead head, long now, int size) {
        config = state.config();
        var exchange = new HttpExchange(this, head, config, context.calls().nextSerial(), now, heap);
        int weight = ConnectionCosts.REQUEST + size;
        if (isOneTooMany() || !exchange.take(weight)) {
            exchange.add(weight);
            exchange.hasNoRoom();
        }
        exchanges.add(exchange);
        return exchange;
    }

    /// Whether this is a stream beyond the allowed number: streams, unlike connections, cannot be left unread.
    private boolean isOneTooMany() {
        return isStream && limit.isCrowded() && heap.isShort();
    }

    boolean isStream() {
        return isStream;
    }

    boolean isEmpty() {
        return exchanges.isEmpty();
    }

    /// Whether further answers may come soon that could leave together with what is written now.
    boolean expectsMore() {
        return exchanges.size() > (streamed == null ? 0 : 1);
    }

    /// Whether so much is unanswered that nothing more should be read.
    ///
    /// @param reading whether the newest request is not complete yet; it alone does not hold anything up
    boolean isFull(boolean reading) {
        if (!asking.isEmpty()) return true;
        int open = exchanges.size();
        if (open == 0) return false;
        if (open >= config.limits().callsPerConnection()) return true;
        return open > (reading ? 1 : 0) && (heap.isShort() || !hasRoom());
    }

    /// Whether the client must read before it may ask for more: when its connection takes no more; when more
    /// than a little waits and memory is short; when anything waits and memory is used up.
    boolean isOwed() {
        return unread.isOwed();
    }

    /// Whoever read the request regulates afterwards.
    void submit(HttpExchange exchange, CallOrBatch calls) {
        exchange.work(calls);
        asking.add(calls);
        if (!isAsking) askAll();
        calls.settle();
    }

    /// Starts calls while there are places for them, and memory for their answers.
    @Override
    public void ask() {
        if (isAsking) return;
        askAll();
        outlet.regulate();
    }

    private void askAll() {
        isAsking = true;
        try {
            CallOrBatch next = asking.peek();
            while (next != null) {
                if (!next.hasMore()) asking.remove(next);
                else if (hasRoom() && next.mayGoOn() && limit.take(this)) next.next();
                else return;
                next = asking.peek();
            }
        } finally {
            isAsking = false;
        }
    }

    private boolean hasRoom() {
        return unread.hasRoom(config.limits().batchReply());
    }

    @Override
    public boolean hasItsShare() {
        return unread.isShareTaken();
    }

    /// Goes on with an answer that paused although the channel was not full, once the client has read.
    void goOn() {
        if (channel.isWritable() && unread.isLittle()) writable();
    }

    @Override
    public boolean isBehind() {
        return unread.isMuch();
    }

    @Override
    public long unread() {
        return unread.inChannel();
    }

    /// Whether it waits, as far as can be told, because the client does not read another stream, and not
    /// because it does not read this one.
    boolean isBehindAnother(long now) {
        if (!isStream) return false;
        long mine = unread();
        limit.tell(mine, now);
        return mine > 0 && limit.isBehindAnother(mine);
    }

    /// Bytes of answers that were written so far.
    long bytesWritten() {
        return written;
    }

    /// @param bytes that the client has taken since the last look
    void took(long bytes, long now) {
        limit.took(bytes, now);
    }

    /// Whether the client takes what is written to all of its streams, even if little of it is of this one: over a
    /// second or so, because the system takes bytes in bursts.
    boolean isOfReader() {
        return limit.isOfReader();
    }

    @Override
    public void wrote(int bytes) {
        written += bytes;
    }

    /// The client has read more.
    void taken() {
        if (streamed != null) streamed.taken();
    }

    /// Whether calls wait for the connection to a node that this client's answer holds.
    boolean isWanted() {
        return streamed != null && streamed.isWanted();
    }

    /// Before its turn and in the channel.
    @Override
    public void count() {
        if (unread.count() && !asking.isEmpty()) ask();
    }

    /// The channel is closed; what waited in it is gone.
    void gone() {
        if (unread.gone() && !asking.isEmpty()) ask();
    }

    @Override
    public void answered(HttpAnswer answer) {
        unread.hold(answer.body().readableBytes());
        try {
            writeReady();
            if (unread.isMuchHeld()) count();
        } catch (RuntimeException | Error bug) {
            context.calls()
                    .faults()
                    .fault(Part.CLIENTS, "an answer could not be written; its connection is closed", bug);
            outlet.breakOff();
        }
    }

    @Override
    public void dropped(int bytes) {
        unread.release(bytes);
        count();
    }

    /// Writes answers that are ready and whose turn has come.
    void writeReady() {
        if (isWriting || over) return;
        isWriting = true;
        HttpExchange head = exchanges.peek();
        try {
            while (!over && streamed == null && head != null && isReady(head)) {
                write(head);
                head = exchanges.peek();
            }
        } finally {
            isWriting = false;
        }
        if (head != null && head.wantsGoAhead() && streamed == null) goAhead(head);
    }

    /// Whether the answer may leave now; a call whose answer was taken back is made again.
    private boolean isReady(HttpExchange head) {
        if (!outlet.canWrite()) return false;
        if (head.isTakenBack()) head.askAgain();
        return head.answer() != null;
    }

    private void write(HttpExchange head) {
        HttpAnswer answer = Objects.requireNonNull(head.takeAnswer());
        int size = answer.body().readableBytes();
        unread.release(size);
        AnswerRest rest = answer.rest();
        boolean endsByClosing = rest != null && writer.endsByClosing(head, rest);
        boolean last = endsByClosing || isLast(head);
        if (rest == null) {
            written += size;
            writer.whole(head, answer, last);
            if (size > Lease.SMALL) count();
            endExchange(last);
        } else {
            streamingLast = last;
            streamingTellsItsEnd = !endsByClosing;
            streamed = writer.stream(this, head, answer, rest, last);
            streamed.begin(answer.body());
        }
        outlet.flushSoon();
    }

    private boolean isLast(HttpExchange head) {
        if (isStream) return false;
        if (head.isClosing()) return true;
        return state.stopping() && exchanges.size() == 1 && outlet.isBetween();
    }

    private void endExchange(boolean last) {
        HttpExchange done = exchanges.poll();
        if (done != null) done.over();
        if (last) finish();
        else ask();
    }

    private void finish() {
        abandonAll();
        outlet.farewell();
    }

    @Override
    public void streamed() {
        streamed = null;
        flushSoon();
        endExchange(streamingLast);
        writeReady();
    }

    /// By an end before the announced length, or else by a reset.
    @Override
    public void breakOff() {
        streamed = null;
        abandonAll();
        if (streamingTellsItsEnd && !isStream) outlet.farewell();
        else outlet.breakOff();
    }

    /// Ends an answer that stands still because of a fault of our own.
    void endStandstill(long now) {
        StreamedAnswer answer = streamed;
        if (answer == null || !answer.standsStill(now, written)) return;
        HttpExchange head = exchanges.peek();
        String name = head == null ? "" : " " + head.name();
        String what = "the answer of request" + name + " stood still, with nothing awaited from its client or a node";
        context.calls()
                .faults()
                .fault(Part.CLIENTS, what + "; its connection is ended", new IllegalStateException(what));
        answer.giveUp("a fault of the gateway: it stood still");
    }

    private void goAhead(HttpExchange head) {
        head.wantsGoAhead(false);
        channel.write(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        flushSoon();
    }

    @Override
    public void flushSoon() {
        outlet.flushSoon();
    }

    /// The client has read enough to be sent more.
    void writable() {
        if (streamed != null) streamed.flow();
        writeReady();
    }

    /// Answers the calls whose deadline has passed.
    void expire(long now) {
        if (exchanges.isEmpty()) return;
        List<HttpExchange> late = new ArrayList<>();
        for (HttpExchange exchange : exchanges) {
            if (exchange.isLate(now)) late.add(exchange);
        }
        for (HttpExchange exchange : late) {
            refuse(exchange, Refusal.DEADLINE, "No answer within the " + patience() + " ms that a call may take");
        }
    }

    private long patience() {
        return config.timeouts().call().toMillis();
    }

    private void refuse(HttpExchange exchange, Refusal why, String detail) {
        CallOrBatch calls = exchange.calls();
        if (calls == null || !exchange.isAwaited()) return;
        asking.remove(calls);
        calls.refuse(why, detail);
        ask();
    }

    /// The time for finishing is over: every call that has no answer gets this one.
    void giveUp() {
        for (HttpExchange exchange : List.copyOf(exchanges)) {
            exchange.closes();
            refuse(exchange, Refusal.SHUTTING_DOWN, "The gateway is shutting down; call again");
        }
    }

    /// The newest request will never be complete: its answer is the connection's last.
    void giveUpOn(HttpExchange newest) {
        if (!exchanges.contains(newest)) outlet.farewell();
    }

    /// The client is gone, and the answers are not needed any more.
    void abandonAll() {
        over = true;
        unread.releaseAll();
        if (streamed != null) streamed.abandon();
        streamed = null;
        asking.clear();
        limit.forget(this);
        HttpExchange next = exchanges.poll();
        while (next != null) {
            next.abandon();
            next = exchanges.poll();
        }
    }
}
