package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Complaint;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.eth.Quantity;
import dev.fairlead.core.eth.TxHash;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.upstream.Outcome;
import dev.fairlead.core.upstream.Reply;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.dispatch.Lane.Entry;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One call on its way along the plan. Everything happens on the call's event loop; what to do after an attempt is
/// decided by [Move], whom to ask by [Router].
///
/// ```
///   planning ──no node──────────────────────────────────▶ refused
///      │  ▲
///      │  └────────── pause, while something may change ─┐
///      ▼                                                 │
///   choosing ──nobody left──▶ exhausted ─────────────────┤
///    │  ▲  └─all full─▶ waiting ──too long──▶ refused    ├──▶ the best objection, or refused
///    │  │                  │                             │
///    ▼  │    ┌─a place─────┘                             │
///   attempting ──no answer, must not be done twice───────┼──▶ uncertain
///       │                                                │
///       ├── a node may have accepted it ──▶ looking up ──┴──▶ its hash, or uncertain
///       └── answered ──▶ served
/// ```
final class Passage {
    private static final long FIRST_PAUSE = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(400).toNanos();
    private static final long LOOK_UP = Duration.ofSeconds(2).toNanos();
    private static final int FREE_ATTEMPTS = 2;

    private final Lane lane;
    private final Call call;
    private final Consumer<Answer> back;
    private final Method method;
    private final BlockRef named;
    private final Errand errand;
    private final ChainTraffic chain;
    private final Objections objections = new Objections();

    private @Nullable Roster roster;
    private List<Step> steps = List.of();
    private int next;
    private int round;
    private int sent;
    private boolean lastWasSent;
    private boolean hopeful;
    private boolean maybeDone;
    private boolean lookedUp;
    private boolean shed;
    private @Nullable Step full;
    private @Nullable Heads heads;
    private @Nullable List<Flight> doubts;
    private boolean over;

    private @Nullable Flight flight;
    private @Nullable Waiting waiting;
    private @Nullable ScheduledFuture<?> pause;
    private @Nullable LookUp lookUp;

    Passage(Lane lane, Call call, Consumer<Answer> back) {
        this.lane = lane;
        this.call = call;
        this.back = back;
        this.method = MethodTable.of(call.request().method());
        this.named = BlockRef.of(method, call.request().params());
        this.errand = Errand.of(method, named, call.request());
        this.chain = lane.traffic().chain(call.chain());
    }

    void begin() {
        chain.retries().called(lane.config().retryBudget());
        call.onAbandon(this::abandon);
        plan();
    }

    private void plan() {
        pause = null;
        roster = lane.roster(call.chain());
        if (roster == null) {
            finish(Refusals.noSuchChain(call.chain()));
            return;
        }
        hopeful = false;
        full = null;
        switch (lane.plan(roster, Ask.of(method, named, chain.floor().number()))) {
            case Routing.Plan plan -> {
                steps = plan.steps();
                next = 0;
                choose();
            }
            case Routing.NoNode(var seats) -> {
                if (maybeDone || heads != null) conclude();
                else finish(Refusals.noNode(call.chain(), seats));
            }
        }
    }

    /// Takes the next node of the plan that has a place. Calls that find every place taken spill over to rented nodes,
    /// but never to the last resort: being busy is not being dead.
    private void choose() {
        while (next < steps.size()) {
            Step step = steps.get(next);
            if (full != null && step.tier().compareTo(Tier.RENTED) > 0) break;
            next++;
            if (!suits(step)) continue;
            Entry entry = lane.enter(step, declared());
            switch (entry) {
                case OPEN, TRIAL -> {
                    attempt(step, entry == Entry.TRIAL);
                    return;
                }
                case FULL -> full = full == null ? step : full;
                case CLOSED -> hopeful |= step.candidate().usual() != Place.UNREACHABLE;
                case RATED -> shed = true;
            }
        }
        if (full != null) await(full);
        else exhausted();
    }

    /// Panic is for nodes that failed, not for calls that nodes decline; and one node that lacks a method speaks for
    /// all
    /// that are known to lack it.
    private boolean suits(Step step) {
        if (step.place() == Place.LACKING && objections.has(Complaint.UNSUPPORTED)) return false;
        return step.tier() != Tier.PANIC || !objections.isAboutTheCall();
    }

    private void attempt(Step step, boolean trial) {
        long now = lane.now();
        long left = call.deadline() - now;
        if (left <= 0 || sent >= lane.config().attempts() || !affordable(now)) {
            release(step, trial);
            conclude();
            return;
        }
        start(step, trial, call.request(), left, this::ended);
    }

    private void start(Step step, boolean trial, Request request, long left, FlightEnd end) {
        Duration usual =
                method.heavy() ? lane.config().slowAttempt() : lane.config().attempt();
        var timeout = Duration.ofNanos(Math.min(usual.toNanos(), left));
        Flight started = lane.attempts()
                .start(call, step.candidate(), request, trial, method.heavy(), timeout, (ended, outcome) -> {
                    flight = null;
                    end.ended(step, ended, outcome);
                });
        if (!started.isOver()) flight = started;
    }

    private interface FlightEnd {
        void ended(Step step, Flight flight, Outcome outcome);
    }

    /// The first failover is free, and so is what never reached a node; the rest is a share of the calls.
    private boolean affordable(long now) {
        return sent < FREE_ATTEMPTS || !lastWasSent || chain.retries().retry(now);
    }

    private void release(Step step, boolean trial) {
        NodeTraffic node = lane.traffic().node(step.node());
        long now = lane.now();
        if (trial) node.move(standing -> standing.untried(now));
        node.places().leave(step.candidate().node().capacity());
    }

    private void ended(Step step, Flight ended, Outcome outcome) {
        lastWasSent = !(outcome instanceof Outcome.NotSent);
        if (lastWasSent) sent++;
        if (call.isAbandoned()) {
            if (outcome instanceof Outcome.Answered(var reply)) reply.discard();
            return;
        }
        switch (Move.after(errand, outcome, maybeDone)) {
            case Move.Give(var reply) -> give(ended, reply);
            case Move.Weigh(var reply) -> weigh(ended, reply);
            case Move.Accepted(var hash) -> {
                call.servedBy(ended.node().id());
                finish(Move.known(hash));
            }
            case Move.LookUp(var hash, var objection) -> lookUp(hash, () -> give(ended, objection));
            case Move.Stop _ -> finish(Refusals.uncertain(hash()));
            case Move.Next(var maybe) -> {
                maybeDone |= maybe;
                object(step, ended, outcome);
                choose();
            }
        }
    }

    private void object(Step step, Flight ended, Outcome outcome) {
        boolean passes = objections.add(outcome, isThere());
        hopeful |= passes && step.candidate().usual() != Place.UNREACHABLE;
        if (doubts == null) doubts = new ArrayList<>(2);
        doubts.add(ended);
    }

    /// Whether the block that the call names is known to exist, so that a node without it is merely late.
    private boolean isThere() {
        Head head = roster == null ? null : roster.chain().head();
        return head != null && named.needsHead() <= head.number();
    }

    private void weigh(Flight from, Reply reply) {
        long number = HeadReply.of(errand, reply);
        if (number < 0) {
            give(from, reply);
            return;
        }
        switch (chain.floor().height(number, declared(), lane.now())) {
            case FINE -> giveHead(new Heads.Head(from, reply, number));
            case BELOW -> {
                spares().tooLow(new Heads.Head(from, reply, number));
                choose();
            }
            case ABOVE -> {
                spares().tooHigh(new Heads.Head(from, reply, number));
                choose();
            }
        }
    }

    private Heads spares() {
        if (heads == null) heads = new Heads();
        return heads;
    }

    private void giveHead(Heads.Head head) {
        chain.floor().served(head.number());
        head.from().node().showed(head.number(), lane.now());
        give(head.from(), head.reply());
    }

    private void exhausted() {
        if (heads != null
                || maybeDone
                || !hopeful
                || shed
                || sent >= lane.config().attempts()) {
            conclude();
            return;
        }
        long length = Lane.jittered(Math.min(FIRST_PAUSE << Math.min(round, 3), LONGEST_PAUSE));
        round++;
        if (call.deadline() - lane.now() <= length) conclude();
        else pause = lane.later(this::plan, length);
    }

    /// No further node is asked: the client gets the best there is.
    private void conclude() {
        if (heads != null && !heads.isEmpty()) {
            concludeHead(heads);
            return;
        }
        if (maybeDone) {
            concludeMaybeDone();
            return;
        }
        RpcError best = objections.best();
        if (best != null) finish(new Answer.Objected(best));
        else if (shed) finish(Refusals.overloaded());
        else if (objections.onlyUnreached() && !hopeful) finish(Refusals.unreachable(call.chain()));
        else if (call.deadline() - lane.now() <= LONGEST_PAUSE) finish(Refusals.deadline(objections));
        else finish(Refusals.nodesFailed(objections));
    }

    private void concludeMaybeDone() {
        if (errand instanceof Errand.Signed(var hash) && !lookedUp)
            lookUp(hash, () -> finish(Refusals.uncertain(hash)));
        else finish(Refusals.uncertain(hash()));
    }

    private void lookUp(String hash, Runnable notFound) {
        lookedUp = true;
        long until = Math.min(call.deadline() - lane.now(), LOOK_UP) + lane.now();
        lookUp = new LookUp(lane, call, hash, until, found -> {
            if (found) finish(Move.known(hash));
            else notFound.run();
        });
        lookUp.begin();
    }

    private @Nullable String hash() {
        return method.kind() == Method.Kind.SUBMISSION
                ? TxHash.ofSubmission(call.request().params())
                : null;
    }

    /// All nodes that answered are behind what clients were told, or all ahead of what is plausible. When all are
    /// ahead, the chain has indeed moved.
    private void concludeHead(Heads spares) {
        Heads.Head high = spares.takeHigh();
        long floor = chain.floor().number();
        if (high != null) {
            spares.discard();
            giveHead(high);
        } else if (errand instanceof Errand.HeadNumber) {
            spares.discard();
            finish(new Answer.Known(Slice.of('"' + Quantity.print(floor) + '"')));
        } else {
            askForFloor(spares, floor);
        }
    }

    /// Asks for the block that clients were told of by its number, where a node has it.
    private void askForFloor(Heads spares, long floor) {
        long left = call.deadline() - lane.now();
        Request byNumber = HeadReply.byNumber(call.request(), floor);
        var ask = Ask.of(method, new BlockRef.Number(floor), floor);
        if (roster != null && left > 0 && lane.plan(roster, ask) instanceof Routing.Plan(var found, var _)) {
            Step step = found.getFirst();
            boolean has = step.candidate().head(lane.now()) >= floor;
            Entry entry = has ? lane.enter(step, declared()) : Entry.CLOSED;
            if (entry == Entry.OPEN || entry == Entry.TRIAL) {
                start(
                        step,
                        entry == Entry.TRIAL,
                        byNumber,
                        left,
                        (_, ended, outcome) -> floorEnded(spares, ended, outcome));
                return;
            }
        }
        giveLow(spares);
    }

    private void floorEnded(Heads spares, Flight ended, Outcome outcome) {
        if (!(outcome instanceof Outcome.Answered(var reply))) {
            giveLow(spares);
        } else if (HeadReply.isSomething(reply)) {
            spares.discard();
            give(ended, reply);
        } else {
            reply.discard();
            giveLow(spares);
        }
    }

    private void giveLow(Heads spares) {
        Heads.Head low = spares.takeLow();
        if (low != null) give(low.from(), low.reply());
    }

    private void await(Step step) {
        full = null;
        DispatchConfig bounds = lane.config();
        long longest = Math.min(bounds.queueTime().toNanos(), call.deadline() - lane.now());
        waiting = Waiting.join(lane, step, bounds.queue(), longest, () -> granted(step), this::shed);
        if (waiting == null) shed();
    }

    private void granted(Step step) {
        waiting = null;
        Entry entry = lane.admit(step, lane.traffic().node(step.node()), declared());
        if (entry == Entry.OPEN || entry == Entry.TRIAL) {
            attempt(step, entry == Entry.TRIAL);
            return;
        }
        release(step, false);
        hopeful = true;
        choose();
    }

    private void shed() {
        waiting = null;
        shed = true;
        conclude();
    }

    private void give(Flight from, Reply reply) {
        if (doubts != null) doubts.forEach(doubt -> doubt.blameUnless(from));
        call.servedBy(from.node().id());
        finish(new Answer.Served(reply));
    }

    private void finish(Answer answer) {
        if (heads != null) heads.discard();
        if (over || call.isAbandoned()) {
            if (answer instanceof Answer.Served(var reply)) reply.discard();
            return;
        }
        over = true;
        back.accept(answer);
    }

    /// The client went away. A submission on its way is let finish: it may be on the chain already.
    private void abandon() {
        if (flight != null && method.kind() != Method.Kind.SUBMISSION) flight.cancel();
        if (waiting != null) waiting.cancel();
        if (pause != null) pause.cancel(false);
        if (lookUp != null) lookUp.cancel();
        if (heads != null) heads.discard();
    }

    private Chain declared() {
        if (roster == null) throw new IllegalStateException("asked for the chain before there was a plan");
        return roster.chain().chain();
    }
}
