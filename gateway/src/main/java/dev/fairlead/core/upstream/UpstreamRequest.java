package dev.fairlead.core.upstream;

import dev.fairlead.core.jsonrpc.Counted;
import dev.fairlead.core.jsonrpc.ReplyShape.Kind;
import dev.fairlead.core.net.NetworkErrors;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.reply.BufferedBody;
import dev.fairlead.core.reply.LargeReply;
import dev.fairlead.core.reply.NodeRequest;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Outcome.Answered;
import dev.fairlead.core.reply.Outcome.NotSent;
import dev.fairlead.core.reply.Outcome.Unanswered;
import dev.fairlead.core.reply.ParsedReply;
import dev.fairlead.core.reply.ParsedReply.Nonsense;
import dev.fairlead.core.reply.ParsedReply.Spoken;
import dev.fairlead.core.reply.ReplyReader;
import dev.fairlead.core.reply.RetryAfter;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One attempt: waits for a connection, collects the reply, and tells its Outcome once.
///
/// ```
/// waiting ── sent ──▶ sent ── parts ──▶ held ── whole ──▶ over
///                                        └── too much to hold ──▶ flowing (over for the asker) ── last part ──▶ done
/// ```
final class UpstreamRequest implements Upstream.Attempt {
    /// So many bytes of each reply are not counted, because connections to nodes are few.
    private static final int UNCOUNTED = 16 * 1024;

    private final NodeContext node;
    private final Queue queue;
    private final NodeRequest request;
    private final Peer peer;
    private final Duration timeout;
    private final long deadline;
    private final Consumer<Outcome> ended;
    private final BufferedBody held;
    /// As it was when the attempt began.
    private final long largestReply;

    private @Nullable Carrier connection;
    private boolean over;
    private int status;
    private long length = -1;
    private @Nullable String retryAfter;
    private long received;
    /// Whether the node has sent something since the last check of the clock.
    private boolean heard;

    /// Whether the client has taken something since then.
    private boolean taken;

    private long heardAt;
    private long flowedAt;
    private int heldAtMost;
    /// How many bytes were looked at and told nothing yet.
    private int lookedAt;
    /// Bytes that the budget counts for what is held.
    private int counted;

    private @Nullable LargeReply large;
    private @Nullable MinimumRate pace;

    /// Where attempts wait until a connection carries them.
    interface Queue {
        /// Nobody wants it any more.
        void forget(UpstreamRequest request);
    }

    /// The connection that carries an attempt.
    interface Carrier extends LargeReply.Flow {
        /// Closes the connection because its exchange is given up.
        void drop(UpstreamRequest given);
    }

    /// @param queue from which it is forgotten when it is cancelled while it waits
    UpstreamRequest(
            NodeContext node,
            Queue queue,
            NodeRequest request,
            Peer peer,
            Duration timeout,
            long now,
            Consumer<Outcome> ended) {
        this.node = node;
        this.queue = queue;
        this.request = request;
        this.peer = peer;
        this.timeout = timeout;
        this.deadline = now + timeout.toNanos();
        this.ended = ended;
        this.held = new BufferedBody(node.buffers());
        UpstreamConfig config = node.config();
        this.heldAtMost = Math.max(config.heldReply(), 2 * ParsedReply.BEGINNING);
        this.largestReply = config.largestReply() > 0 ? config.largestReply() : Long.MAX_VALUE;
    }

    NodeRequest request() {
        return request;
    }

    Peer peer() {
        return peer;
    }

    String method() {
        return request.request().method();
    }

    void sent(Carrier carrier) {
        connection = carrier;
    }

    void begun(int code, long announced, @Nullable String wait) {
        status = code;
        length = announced;
        retryAfter = wait;
        if (announced > largestReply) giveUp(new Unanswered(tooLarge()));
    }

    /// @param part taken over
    void part(ByteBuf part) {
        received += part.readableBytes();
        heard = true;
        if (large != null) flow(large, part);
        else if (over) part.release();
        else hold(part);
    }

    /// Nothing more has come for now.
    void lull() {
        if (large != null) large.lull();
    }

    /// @return whether the connection is still in step with its node
    boolean whole() {
        if (large != null) return large.end() == null;
        if (over) return true;
        ByteBuf body = held.take();
        Outcome outcome = reader().read(body, node.scratch(body.readableBytes()));
        end(outcome);
        return !(outcome instanceof Unanswered);
    }

    /// @param reused whether the connection had carried others before, and was simply closed or reset
    void lost(String why, boolean beforeSent, boolean reused) {
        String cause = NetworkErrors.shown(why, node.secrets());
        String told = received == 0 ? cause : "reply broke off after " + Counted.of(received, "byte");
        if (large != null) large.cut(told);
        else if (beforeSent) end(new NotSent(cause));
        else end(reused && status == 0 ? new Unanswered(NoAnswerReason.STALE, cause) : new Unanswered(told));
    }

    void notSent(String why) {
        end(new NotSent(NetworkErrors.shown(why, node.secrets())));
    }

    boolean isLate(long now) {
        return now - deadline >= 0;
    }

    String patience() {
        return NetworkErrors.seconds(timeout);
    }

    /// Looks at the clock while a reply is awaited.
    void watch(long now) {
        if (large != null) {
            watchFlow(large, now);
        } else if (isLate(now)) {
            String much = received == 0
                    ? "no reply within "
                    : "reply broke off after " + Counted.of(received, "byte") + ", at ";
            giveUp(new Unanswered(much + patience()));
        }
    }

    private void watchFlow(LargeReply reply, long now) {
        Duration stall = node.config().stallTimeout();
        if (heard || !reply.isFlowing()) heardAt = now;
        if (heard || taken || reply.isFlowing()) flowedAt = now;
        taken = false;
        heard = false;
        if (now - heardAt > stall.toNanos()) {
            giveUpFlow(
                    "reply stood still for " + NetworkErrors.seconds(stall) + " after " + Counted.of(received, "byte"));
        } else {
            watchPace(reply, now, stall);
        }
    }

    private void watchPace(LargeReply reply, long now, Duration stall) {
        MinimumRate kept = pace;
        if (kept == null) {
            pace = new MinimumRate(MinimumRate.leastOf(method()), now, received);
        } else if (!reply.isFlowing()) {
            kept.restart(now, received);
        } else {
            Duration window = kept.window(stall, connection != null && connection.isWanted());
            if (kept.isTooSlow(now, received, window)) giveUpFlow(trickled(window));
        }
    }

    private String trickled(Duration window) {
        return "reply trickled: less than " + MinimumRate.leastOf(method()) + " bytes a second over "
                + NetworkErrors.seconds(window) + ", after " + Counted.of(received, "byte");
    }

    void taken() {
        taken = true;
    }

    long pausedFor(long now) {
        return large == null || large.isFlowing() ? 0 : now - flowedAt;
    }

    /// Calls wait for the connection, and this reply does not go on.
    void reclaim(String cause) {
        disconnect();
        if (large != null) large.reclaim(cause);
    }

    private void giveUpFlow(String cause) {
        disconnect();
        if (large != null) large.cut(cause);
    }

    @Override
    public void cancel() {
        if (over) return;
        over = true;
        release();
        if (connection == null) queue.forget(this);
        else disconnect();
    }

    private void hold(ByteBuf part) {
        if (received > largestReply) {
            part.release();
            giveUp(new Unanswered(tooLarge()));
            return;
        }
        held.add(part, length);
        if (received <= UNCOUNTED) return;
        count(held.size());
        boolean news = held.size() >= 2 * lookedAt;
        if (held.size() > heldAtMost || (news && node.memory().isShort())) stopHolding();
    }

    private void count(int now) {
        node.memory().change(counted, now);
        counted = now;
    }

    private void release() {
        held.release();
        if (counted > 0) count(0);
    }

    private void stopHolding() {
        ByteBuf body = held.take();
        count(0);
        switch (beginning(body)) {
            case null -> holdMore(body, true);
            case Spoken spoken when spoken.kind() == Kind.ERROR -> holdMore(body, false);
            case Spoken spoken -> passOn(body, spoken);
            case Nonsense(var why, var foreign) -> {
                String start = ReplyReader.text(body);
                body.release();
                giveUp(foreign ? new Unanswered(why) : reader().nonsense(why, start));
            }
        }
    }

    /// Nearly always the result begins in the first bytes; if not, all bytes that are there are looked at.
    private @Nullable ParsedReply beginning(ByteBuf body) {
        int size = body.readableBytes();
        int first = Math.min(size, ParsedReply.BEGINNING);
        ParsedReply parsedReply = ParsedReply.beginning(body, first, request.id(), node.scratch());
        return parsedReply == null && size > first
                ? ParsedReply.beginning(body, size, request.id(), node.scratch(size))
                : parsedReply;
    }

    private void holdMore(ByteBuf body, boolean undecided) {
        String start = ReplyReader.text(body);
        held.add(body, length);
        lookedAt = held.size();
        count(lookedAt);
        if (lookedAt <= ParsedReply.LARGEST_ERROR)
            heldAtMost = Math.clamp(2L * lookedAt, heldAtMost, Math.max(ParsedReply.LARGEST_ERROR, heldAtMost));
        else if (undecided) giveUp(reader().nonsense("no result or error in the first " + received + " bytes", start));
        else giveUp(new Unanswered("error of more than " + received + " bytes"));
    }

    private void passOn(ByteBuf body, Spoken beginning) {
        Carrier flow = Objects.requireNonNull(connection, "a reply came without a connection");
        var reply = new LargeReply(beginning, request.id(), flow, node.buffers(), node.memory(), node.scratch());
        String fault = reply.first(body);
        if (fault != null) {
            body.release();
            giveUp(new Unanswered(fault));
            return;
        }
        body.getBytes(body.readerIndex(), node.scratch(), 0, Math.min(body.readableBytes(), ParsedReply.BEGINNING));
        flow.reading(false);
        flowedAt = System.nanoTime();
        large = reply;
        end(new Answered(reply.begin(length, node.scratch())));
    }

    private void flow(LargeReply reply, ByteBuf part) {
        if (received > largestReply) {
            part.release();
            disconnect();
            reply.cut(tooLarge());
        } else {
            reply.part(part);
        }
    }

    private ReplyReader reader() {
        Duration wait = retryAfter == null ? Duration.ZERO : RetryAfter.of(retryAfter, Instant.now());
        return new ReplyReader(request, status, wait, node.secrets(), node.buffers());
    }

    private String tooLarge() {
        return "reply of more than " + largestReply + " bytes";
    }

    private void giveUp(Outcome outcome) {
        disconnect();
        end(outcome);
    }

    private void end(Outcome outcome) {
        if (over) return;
        over = true;
        release();
        ended.accept(outcome);
    }

    private void disconnect() {
        if (connection != null) connection.drop(this);
    }
}
