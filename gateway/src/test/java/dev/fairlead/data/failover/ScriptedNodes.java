package dev.fairlead.data.failover;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.eth.TxHash;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.Replies;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.upstream.Upstream;
import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Client;
import dev.fairlead.data.call.Next;
import dev.fairlead.data.call.Stage;
import dev.fairlead.data.load.DispatchConfig;
import dev.fairlead.data.load.Ejections;
import dev.fairlead.data.load.Spending;
import dev.fairlead.data.load.Traffic;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.shown.FloorFollower;
import dev.fairlead.support.RecordedEvents;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The stages of dispatch over nodes whose every answer the test decides, on a loop and a clock that it moves.
public final class ScriptedNodes implements Upstream {
    /// A node that is silent until the attempt times out.
    public static final Function<Request, @Nullable Outcome> HANGS = _ -> null;

    public static final Function<Request, @Nullable Outcome> REFUSES = _ -> new Outcome.NotSent("connection refused");
    public static final Function<Request, @Nullable Outcome> RESETS = _ -> new Outcome.Unanswered("connection reset");

    final EmbeddedChannel channel = new EmbeddedChannel();
    public final RecordedEvents events = new RecordedEvents();
    final List<String> suspected = new ArrayList<>();
    public final List<String> asked = new ArrayList<>();
    final List<@Nullable String> through = new ArrayList<>();
    public final List<Request> requests = new ArrayList<>();
    final List<Duration> timeouts = new ArrayList<>();
    public final List<ByteBuf> bodies = new ArrayList<>();
    public final List<Pending> pending = new ArrayList<>();
    public final Board<Fleet> board;
    public final Traffic traffic;
    public final Spending spending;
    public final Ejections ejections;
    /// Who calls.
    public Peer peer = new Peer("127.0.0.1", 1);

    public DispatchConfig config = DispatchConfig.DEFAULT;

    private final Map<String, Function<Request, @Nullable Outcome>> scripts = new HashMap<>();
    private final Next next;
    private long nanos = 1_000_000_000L;
    /// Of the day that it is at first.
    Instant midnight = Fleets.THEN;

    private long serial;
    /// The gateways that the calls came through.
    @Nullable
    String past;

    public ScriptedNodes(Fleets fleets) {
        board = new Board<>(fleets.fleet());
        spending = new Spending(() -> midnight.plusNanos(nanos), events);
        spending.declare(fleets.declared());
        traffic = new Traffic(() -> nanos, spending);
        ejections = new Ejections(traffic, () -> config, events, (node, _) -> suspected.add(node.name()));
        new FloorFollower(chain -> traffic.chain(chain).floor(), traffic::now).follow(board);
        ejections.follow(board);
        var dispatch = new Dispatch(board, traffic, ejections, () -> config, events);
        next = way(board, dispatch.on(channel.eventLoop(), this));
        channel.freezeTime();
    }

    /// As the gateway joins the stages.
    static Next way(Board<Fleet> fleet, LoopDispatch dispatch) {
        return Stage.chain(List.of(new MethodGate(dispatch), new ChainConstants(fleet), new Failover(dispatch)));
    }

    /// An attempt that has not ended.
    public final class Pending implements Attempt {
        final String node;
        final Consumer<Outcome> ended;
        boolean cancelled;
        boolean over;

        private Pending(String node, Consumer<Outcome> ended) {
            this.node = node;
            this.ended = ended;
        }

        @Override
        public void cancel() {
            cancelled = true;
            over = true;
        }

        public void end(Outcome outcome) {
            if (over) return;
            over = true;
            pending.remove(this);
            ended.accept(outcome);
        }
    }

    /// One client's call and what came back.
    public static final class ClientCall {
        public final Call call;
        public final List<Answer> answers = new ArrayList<>();

        private ClientCall(Call call) {
            this.call = call;
        }

        public Answer answer() {
            if (answers.size() != 1) throw new AssertionError("expected one answer, found " + answers);
            return answers.getFirst();
        }

        /// The result or error as text; `REFUSAL_NAME` for a refusal.
        public String text() {
            return switch (answer()) {
                case Answer.Served(var reply) -> reply.body().toString(StandardCharsets.UTF_8);
                case Answer.Known(var result) -> result.text();
                case Answer.Objected(var error) -> error.code() + " " + error.message();
                case Answer.Refused refused -> refused.why().name();
            };
        }
    }

    public ScriptedNodes script(String node, Function<Request, @Nullable Outcome> script) {
        scripts.put(node, script);
        return this;
    }

    public ScriptedNodes says(String node, String result) {
        return script(node, _ -> result(result));
    }

    public ClientCall call(String method, String params) {
        return call(Request.of(method, params), Duration.ofSeconds(20));
    }

    public ClientCall call(Request request, Duration within) {
        var client = new Client(Tenant.PUBLIC, null, peer.address(), peer, null, null, ErrorPolicy.NONE, past);
        var call =
                new Call(++serial, Fleets.CHAIN, request, client, channel.eventLoop(), nanos, nanos + within.toNanos());
        var asked = new ClientCall(call);
        next.take(call, asked.answers::add);
        return asked;
    }

    /// Moves the clock in small steps, running what falls due.
    public void pass(Duration time) {
        long end = nanos + time.toNanos();
        while (nanos < end) {
            long step = Math.min(5_000_000, end - nanos);
            nanos += step;
            channel.advanceTimeBy(step, TimeUnit.NANOSECONDS);
            channel.runPendingTasks();
            channel.runScheduledPendingTasks();
        }
    }

    public Outcome result(String json) {
        return new Outcome.Answered(reply(json, null));
    }

    /// The node takes the transaction.
    public Outcome taken(Request request) {
        return result('"' + Objects.requireNonNull(TxHash.ofSubmission(request.params())) + '"');
    }

    /// What a node calls a transaction that it has signed itself.
    public static String hashFrom(String node) {
        return "\"0x%64s\""
                .formatted(HexFormat.of().formatHex(node.getBytes(StandardCharsets.UTF_8)))
                .replace(' ', '0');
    }

    private Outcome usual(String node, Request request) {
        if (request.method().equals("eth_sendTransaction")) return result(hashFrom(node));
        boolean signed =
                CallKind.SIGNED.contains(request.method()) && !request.method().equals(CallKind.SYNC);
        if (!signed) return result('"' + node + '"');
        return TxHash.ofSubmission(request.params()) == null ? result(hashFrom(node)) : taken(request);
    }

    public Outcome error(int code, String message) {
        RpcError error = wellFormed(code, message);
        return new Outcome.Answered(reply("{\"code\":" + code + "}", error));
    }

    public static Outcome declined(ErrorMeaning meaning, int code, String message) {
        RpcError error = wellFormed(code, message);
        Proof proof = Proof.of(200, error, "", false);
        return new Outcome.Declined(meaning, 200, error, proof, Duration.ZERO, message);
    }

    /// As a node writes it.
    public static RpcError wellFormed(int code, String message) {
        RpcError read = RpcError.read(Slice.of(Replies.error(new RpcError(code, message))));
        if (read == null || read.raw().isEmpty()) throw new AssertionError("not well-formed");
        return read;
    }

    /// Calls that wait for a place, at any node.
    public int queued() {
        return board.now().chains().values().stream()
                .flatMap(chain -> chain.nodes().stream())
                .mapToInt(node -> traffic.waiting(node.id()))
                .sum();
    }

    public void publish(Fleets fleets) {
        spending.declare(fleets.declared());
        board.publish(fleets.fleet());
    }

    private Reply reply(String json, @Nullable RpcError error) {
        ByteBuf body = Unpooled.copiedBuffer(json, StandardCharsets.UTF_8);
        bodies.add(body);
        return new Reply(body, 0, error, json.length(), null);
    }

    @Override
    public Attempt attempt(
            Node node,
            Request request,
            Peer from,
            @Nullable String past,
            long now,
            Duration timeout,
            Consumer<Outcome> ended) {
        String name = node.id().name();
        asked.add(name);
        requests.add(request);
        through.add(past);
        timeouts.add(timeout);
        var attempt = new Pending(name, ended);
        Outcome outcome =
                scripts.getOrDefault(name, asked -> usual(name, asked)).apply(request);
        if (outcome == null) {
            pending.add(attempt);
            channel.eventLoop()
                    .schedule(
                            () -> attempt.end(new Outcome.Unanswered("no answer within " + timeout)),
                            timeout.toNanos(),
                            TimeUnit.NANOSECONDS);
        } else {
            attempt.over = true;
            ended.accept(outcome);
        }
        return attempt;
    }
}
