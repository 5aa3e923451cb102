package dev.fairlead.data.submission;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.attempt.LoopDispatch.Entry;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.routing.ChainRoutes;
import dev.fairlead.data.routing.PlannedNode;
import dev.fairlead.data.routing.ReplyBlock;
import dev.fairlead.data.routing.RoutePlan;
import dev.fairlead.data.routing.RoutingNeeds;
import dev.fairlead.data.submission.LookUpRules.Role;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds out whether the network has a transaction, or its receipt, by asking the nodes for it one after the
/// other, first those that may have taken it. When patient, all of them again and again, until one has it or
/// the time is over; otherwise it asks a few of them once, and again only those that may have taken it and
/// could not say.
final class TransactionLookUp {
    private static final Method TRANSACTION = MethodTable.of("eth_getTransactionByHash");
    private static final Method RECEIPT = MethodTable.of("eth_getTransactionReceipt");
    /// How often a node is asked again at once because the connection to it had grown old.
    private static final int MOST_STALE = 3;

    private final LoopDispatch dispatch;
    private final Call call;
    private final Method method;
    private final Request request;
    private final long until;
    private final LookUpRules rules;
    private final Collection<NodeId> takers;
    private final BiConsumer<RunningAttempt, Reply> taken;
    private final Consumer<LookUpResult> found;
    /// The nodes that said that they do not have it.
    private final Set<NodeId> without = new HashSet<>();
    /// The nodes that do not answer such questions.
    private final Set<NodeId> mute = new HashSet<>();
    private List<PlannedNode> steps = List.of();
    private int next;
    private int round;
    private @Nullable RunningAttempt attempt;
    private @Nullable ScheduledFuture<?> pause;
    private int asked;
    private boolean there;
    private boolean over;

    private TransactionLookUp(
            LoopDispatch dispatch,
            Call call,
            Method method,
            Request request,
            long until,
            boolean patient,
            Collection<NodeId> takers,
            BiConsumer<RunningAttempt, Reply> taken,
            Consumer<LookUpResult> found) {
        this.dispatch = dispatch;
        this.call = call;
        this.method = method;
        this.request = request;
        this.until = until;
        this.rules = new LookUpRules(patient);
        this.takers = takers;
        this.taken = taken;
        this.found = found;
    }

    /// @param until when to give up
    /// @param patient whether it may take a while until the network has it
    /// @param takers the nodes that may have taken it, in the order in which they are asked
    /// @param found called exactly once, unless cancelled
    static TransactionLookUp ofHash(
            LoopDispatch dispatch,
            Call call,
            String hash,
            long until,
            boolean patient,
            Collection<NodeId> takers,
            Consumer<LookUpResult> found) {
        var request = Request.of(TRANSACTION.name(), "[\"" + hash + "\"]");
        return new TransactionLookUp(
                dispatch, call, TRANSACTION, request, until, patient, takers, TransactionLookUp::discard, found);
    }

    /// Patient, and under the client's own id.
    ///
    /// @param by the node that has the transaction, or null
    /// @param taken called with the receipt, which it owns
    /// @param missing called when there is none in time
    static TransactionLookUp ofReceipt(
            LoopDispatch dispatch,
            Call call,
            String hash,
            long until,
            @Nullable NodeId by,
            BiConsumer<RunningAttempt, Reply> taken,
            Runnable missing) {
        var request = new Request(call.request().id(), RECEIPT.name(), Slice.of("[\"" + hash + "\"]"));
        List<NodeId> takers = by == null ? List.of() : List.of(by);
        return new TransactionLookUp(dispatch, call, RECEIPT, request, until, true, takers, taken, found -> {
            if (found != LookUpResult.THERE) missing.run();
        });
    }

    private static void discard(RunningAttempt from, Reply reply) {
        reply.discard();
    }

    void begin() {
        pause = null;
        ChainRoutes routes = dispatch.routes(call.chain());
        var needs = RoutingNeeds.of(method, new BlockRef.None(), -1);
        if (routes == null || !(dispatch.plan(routes, needs, dispatch.now()) instanceof RoutePlan.Plan plan)) {
            again();
            return;
        }
        steps = takersFirst(plan.steps());
        next = 0;
        proceed(routes);
    }

    void cancel() {
        over = true;
        if (attempt != null) attempt.cancel();
        if (pause != null) pause.cancel(false);
    }

    private void proceed(ChainRoutes routes) {
        while (next < steps.size() && isTime()) {
            PlannedNode planned = steps.get(next++);
            if (mayAsk(planned.node()) && asks(planned, 0, routes)) return;
        }
        again();
    }

    private boolean isTime() {
        return until - dispatch.now() > (asked == 0 ? 0 : LookUpRules.LEAST);
    }

    private boolean mayAsk(NodeId node) {
        return rules.asks(role(node), round, asked, !without.isEmpty());
    }

    private Role role(NodeId node) {
        if (!takers.contains(node)) return Role.OTHER;
        return isOwed(node) ? Role.OWED : Role.SETTLED;
    }

    /// Whether the answer of that node is needed, and may yet come.
    private boolean isOwed(NodeId node) {
        return !without.contains(node) && !mute.contains(node);
    }

    private long owed() {
        return takers.stream().filter(this::isOwed).count();
    }

    private List<PlannedNode> takersFirst(List<PlannedNode> planned) {
        List<NodeId> first = List.copyOf(takers);
        var ordered = new ArrayList<>(planned);
        ordered.sort(Comparator.comparingInt(step -> {
            int at = first.indexOf(step.node());
            return at < 0 ? first.size() : at;
        }));
        return ordered;
    }

    /// @param stale how often it was asked in vain because the connection had grown old
    private boolean asks(PlannedNode planned, int stale, ChainRoutes routes) {
        Entry entry = dispatch.enter(planned, routes.chain().chain(), method);
        if (entry != Entry.OPEN && entry != Entry.TRIAL) return false;
        asked++;
        call.lookedUp();
        long now = dispatch.now();
        RunningAttempt started = RunningAttempt.start(
                dispatch.attempts(),
                call,
                planned,
                request,
                entry == Entry.TRIAL,
                method,
                now,
                Duration.ofNanos(LookUpRules.timeout(until - now, owed())),
                (from, outcome) -> ended(planned, stale, from, outcome, routes));
        attempt = started.isOver() ? attempt : started;
        return true;
    }

    private void ended(PlannedNode planned, int stale, RunningAttempt from, Outcome outcome, ChainRoutes routes) {
        attempt = null;
        switch (outcome) {
            case Outcome.Answered(var reply) -> answered(from, reply);
            case Outcome.Declined declined when isMute(declined.meaning()) -> mute.add(planned.node());
            case Outcome.Unanswered(var reason, var _)
            when reason == NoAnswerReason.STALE && stale < MOST_STALE -> {
                if (isTime() && asks(planned, stale + 1, routes)) return;
            }
            case Outcome.Declined _, Outcome.NotSent _, Outcome.Unanswered _ -> {}
        }
        if (there) conclude();
        else proceed(routes);
    }

    private void answered(RunningAttempt from, Reply reply) {
        there = ReplyBlock.isSomething(reply);
        if (there && !over) {
            taken.accept(from, reply);
            return;
        }
        if (reply.error() == null) without.add(from.node().id());
        reply.discard();
    }

    private static boolean isMute(ErrorMeaning meaning) {
        return meaning == ErrorMeaning.UNAUTHORIZED || meaning == ErrorMeaning.UNSUPPORTED;
    }

    private void again() {
        long length = rules.pause(until - dispatch.now(), round, owed());
        if (length < 0) {
            conclude();
            return;
        }
        round++;
        pause = dispatch.later(this::begin, length);
    }

    private void conclude() {
        if (over) return;
        over = true;
        found.accept(LookUpRules.found(there, !without.isEmpty(), without.containsAll(takers)));
    }
}
