package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.eth.TxHash;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
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

/// One call on its way along its plan. Everything happens on the call's event loop; whom to ask is decided by [Router]
/// and [Walk], what to do after an attempt by [Move].
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
    private @Nullable Walk walk;
    private int round;
    private int sent;
    private boolean lastWasSent;
    private boolean maybeDone;
    private boolean lookedUp;
    private boolean shed;
    private boolean over;

    private @Nullable HeadWatch heads;
    private @Nullable Reply held;
    private @Nullable List<Flight> doubts;
    private @Nullable Flight flight;
    private @Nullable Waiting waiting;
    private @Nullable ScheduledFuture<?> pause;
    private @Nullable LookUp lookUp;

    /// Told of an attempt that ended.
    interface Landing {
        void ended(Step step, Flight flight, Outcome outcome);
    }

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

    Request request() {
        return call.request();
    }

    /// Nanoseconds until the client gets an answer, whatever it is.
    long left() {
        return call.deadline() - lane.now();
    }

    private void plan() {
        pause = null;
        Roster present = lane.roster(call.chain());
        if (present == null) {
            finish(Refusals.noSuchChain(call.chain()));
            return;
        }
        roster = present;
        switch (lane.plan(present, Ask.of(method, named, chain.floor().number()))) {
            case Routing.Plan(var steps, var _) -> {
                walk = new Walk(lane, present.chain().chain(), objections, steps);
                choose(walk);
            }
            case Routing.NoNode(var seats) -> {
                if (maybeDone) conclude();
                else finish(Refusals.noNode(call.chain(), seats));
            }
        }
    }

    private void choose(Walk along) {
        switch (along.next()) {
            case Walk.Turn.Ask(var step, var trial) -> attempt(along, step, trial);
            case Walk.Turn.Wait(var step) -> await(along, step);
            case Walk.Turn.Nobody _ -> exhausted(along);
        }
    }

    private void attempt(Walk along, Step step, boolean trial) {
        if (left() > 0 && sent < lane.config().attempts() && isAffordable()) {
            start(step, trial, call.request(), (at, ended, outcome) -> ended(along, at, ended, outcome));
            return;
        }
        lane.leave(step, trial);
        conclude();
    }

    /// The first failover is free, and so is what never reached a node; the rest is a share of the calls.
    private boolean isAffordable() {
        return sent < FREE_ATTEMPTS || !lastWasSent || chain.retries().retry(lane.now());
    }

    /// Makes an attempt for which a place was taken.
    void start(Step step, boolean trial, Request request, Landing landing) {
        DispatchConfig bounds = lane.config();
        Duration usual = method.heavy() ? bounds.slowAttempt() : bounds.attempt();
        var timeout = Duration.ofNanos(Math.min(usual.toNanos(), left()));
        Flight started = lane.attempts()
                .start(call, step.candidate(), request, trial, method.heavy(), timeout, (ended, outcome) -> {
                    flight = null;
                    if (!call.isAbandoned()) landing.ended(step, ended, outcome);
                    else if (outcome instanceof Outcome.Answered(var reply)) reply.discard();
                });
        if (!started.isOver()) flight = started;
    }

    private void ended(Walk along, Step step, Flight ended, Outcome outcome) {
        lastWasSent = !(outcome instanceof Outcome.NotSent);
        if (lastWasSent) sent++;
        switch (Move.after(errand, outcome, maybeDone)) {
            case Move.Give(var reply) -> {
                give(ended, reply);
                if (reply.error() == null) spread(ended);
            }
            case Move.Weigh(var reply) -> {
                if (!heads().gave(ended, reply)) choose(along);
            }
            case Move.Accepted(var hash) -> {
                call.servedBy(ended.node().id());
                finish(Move.known(hash));
                spread(ended);
            }
            case Move.LookUp(var hash, var objection) -> {
                held = objection;
                lookUp(hash, () -> giveHeld(ended));
            }
            case Move.Stop _ -> finish(Refusals.uncertain(hash()));
            case Move.Next(var maybe) -> {
                maybeDone |= maybe;
                along.object(step, outcome, isThere());
                doubt(ended);
                choose(along);
            }
        }
    }

    private void spread(Flight accepted) {
        if (!(errand instanceof Errand.Signed) || roster == null) return;
        Broadcast.begin(
                lane,
                roster,
                call,
                Ask.of(method, named, chain.floor().number()),
                accepted.node().id());
    }

    private void doubt(Flight ended) {
        if (!ended.isDoubtful()) return;
        if (doubts == null) doubts = new ArrayList<>(2);
        doubts.add(ended);
    }

    /// Whether the block that the call names is known to exist, or was shown to clients, so that a node without it is
    /// merely late.
    private boolean isThere() {
        Head head = roster == null ? null : roster.chain().head();
        long known = Math.max(head == null ? -1 : head.number(), chain.floor().number());
        return known >= 0 && named.needsHead() <= known;
    }

    private HeadWatch heads() {
        if (roster == null) throw new IllegalStateException("an attempt ended before there was a plan");
        if (heads == null) heads = new HeadWatch(lane, roster, chain.floor(), errand, this);
        return heads;
    }

    private void await(Walk along, Step step) {
        DispatchConfig bounds = lane.config();
        long longest = Math.min(bounds.queueTime().toNanos(), left());
        waiting = Waiting.join(lane, step, bounds.queue(), longest, () -> granted(along, step), this::shed);
        if (waiting == null) shed();
    }

    private void granted(Walk along, Step step) {
        waiting = null;
        if (roster == null) return;
        Entry entry = lane.admit(step, roster.chain().chain());
        if (entry == Entry.OPEN || entry == Entry.TRIAL) {
            attempt(along, step, entry == Entry.TRIAL);
            return;
        }
        lane.leave(step, false);
        along.closed(step);
        choose(along);
    }

    private void shed() {
        waiting = null;
        shed = true;
        conclude();
    }

    /// Pauses and plans anew while something may change: a node may come back, and the Fleet may know of a better one.
    private void exhausted(Walk along) {
        shed |= along.isRated();
        boolean hasHead = heads != null && !heads.isEmpty();
        if (hasHead
                || maybeDone
                || shed
                || !along.isHopeful()
                || sent >= lane.config().attempts()) {
            conclude();
            return;
        }
        long length = Lane.jittered(Math.min(FIRST_PAUSE << Math.min(round, 3), LONGEST_PAUSE));
        round++;
        if (left() <= length) conclude();
        else pause = lane.later(this::plan, length);
    }

    /// No further node is asked: the client gets the best there is.
    private void conclude() {
        RpcError best = objections.best();
        if (heads != null && !heads.isEmpty()) heads.conclude();
        else if (maybeDone) concludeMaybeDone();
        else if (best != null) finish(new Answer.Objected(best));
        else if (shed || objections.areOfLoad()) finish(Refusals.overloaded());
        else if (objections.onlyUnreached() && walk != null && !walk.isHopeful()) {
            finish(Refusals.unreachable(call.chain()));
        } else if (left() <= LONGEST_PAUSE) finish(Refusals.deadline(objections));
        else finish(Refusals.nodesFailed(objections));
    }

    private void concludeMaybeDone() {
        if (errand instanceof Errand.Signed(var hash) && !lookedUp) {
            lookUp(hash, () -> finish(Refusals.uncertain(hash)));
        } else {
            finish(Refusals.uncertain(hash()));
        }
    }

    private void lookUp(String hash, Runnable notFound) {
        lookedUp = true;
        long until = lane.now() + Math.min(left(), LOOK_UP);
        lookUp = new LookUp(lane, call, hash, until, found -> {
            if (found) finish(Move.known(hash));
            else notFound.run();
        });
        lookUp.begin();
    }

    private @Nullable String hash() {
        if (method.kind() != Method.Kind.SUBMISSION) return null;
        return TxHash.ofSubmission(call.request().params());
    }

    private void giveHeld(Flight from) {
        Reply objection = held;
        held = null;
        if (objection != null) give(from, objection);
    }

    void give(Flight from, Reply reply) {
        if (doubts != null) doubts.forEach(doubt -> doubt.blameUnless(from));
        call.servedBy(from.node().id());
        finish(new Answer.Served(reply));
    }

    void finish(Answer answer) {
        release();
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
        release();
    }

    private void release() {
        if (heads != null) heads.discard();
        if (held != null) held.discard();
        held = null;
    }
}
