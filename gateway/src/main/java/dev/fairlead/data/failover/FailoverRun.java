package dev.fairlead.data.failover;

import dev.fairlead.data.attempt.LoopDispatch;
import dev.fairlead.data.attempt.QueuedCall;
import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.data.guard.CountGuard;
import dev.fairlead.data.guard.Denial;
import dev.fairlead.data.guard.HeadCheck;
import dev.fairlead.data.guard.HeadGuard;
import dev.fairlead.data.guard.ReplyGuard;
import dev.fairlead.data.guard.ShownAnswers;
import dev.fairlead.data.submission.Broadcast;
import dev.fairlead.data.submission.Effect;
import dev.fairlead.data.submission.SendResult;
import dev.fairlead.data.submission.Submission;
import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.HexKey;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.attempt.LoopDispatch.Entry;
import dev.fairlead.data.load.ChainTraffic;
import dev.fairlead.data.load.DispatchConfig;
import dev.fairlead.data.routing.Absence;
import dev.fairlead.data.routing.AwaitedBlock;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.routing.ChainRoutes;
import dev.fairlead.data.routing.Eligibility;
import dev.fairlead.data.routing.PlannedNode;
import dev.fairlead.data.routing.ReplyBlock;
import dev.fairlead.data.routing.RoutePlan;
import dev.fairlead.data.routing.RoutingNeeds;
import dev.fairlead.data.shown.Floor;
import dev.fairlead.data.shown.RecentSends;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One call on its way along its plan. Everything happens on the call's event loop; whom to ask is decided by [Router]
/// and [PlanCursor], what to do after an attempt by [Move].
///
/// ```
///   planning ──no node──────────────────────────────────▶ refused
///      │  ▲
///      │  └─ pause, while something may change, or the ──┐
///      │     block that clients were shown may come      │
///      ▼                                                 │
///   choosing ──nobody left──▶ exhausted ─────────────────┤
///    │  ▲  └─all full─▶ waiting ──too long──▶ refused    ├──▶ the best objection, or refused
///    │  │                  │                             │
///    ▼  │    ┌─a place─────┘                             │
///   attempting ──no answer, must not be done twice───────┼──▶ uncertain
///       │                                                │
///       ├── a node may have accepted it ──▶ looking up ──┴──▶ its hash, the objection, or uncertain
///       └── answered ──▶ served
/// ```
public final class FailoverRun {
    private static final long FIRST_PAUSE = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(400).toNanos();
    private static final long REST_SPREAD = Duration.ofMillis(250).toNanos();
    private static final int MOST_RESTS = 10;
    /// Kept from the last attempt, so that what it ended with is told before the call's time is over.
    private static final long MARGIN = Duration.ofMillis(250).toNanos();

    private final LoopDispatch dispatch;
    private final Call call;
    private final Consumer<Answer> back;
    private final Method method;
    private final BlockRef named;
    private final CallKind kind;
    private final ChainTraffic chain;
    private final Objections objections = new Objections();
    private final AttemptBudget budget;

    private ChainRoutes routes;
    private @Nullable PlanCursor cursor;
    private int round;
    private @Nullable Refused shed;
    private int rests;
    private boolean resting;
    private boolean again;
    private boolean over;

    private @Nullable AwaitedBlock block;
    private @Nullable Denial denial;
    private final boolean atHead;
    private @Nullable HeadCheck check;
    private @Nullable ReplyGuard guard;
    private @Nullable Submission submission;
    private @Nullable List<RunningAttempt> doubts;
    private @Nullable RunningAttempt flight;
    private @Nullable QueuedCall queued;
    private @Nullable ScheduledFuture<?> pause;

    /// Told of an attempt that ended.
    public interface Landing {
        void ended(PlannedNode planned, RunningAttempt attempt, Outcome outcome);
    }

    /// @param routes the chain as it is now
    FailoverRun(LoopDispatch dispatch, ChainRoutes routes, Call call, Consumer<Answer> back) {
        this.dispatch = dispatch;
        this.routes = routes;
        this.call = call;
        this.back = back;
        this.method = call.method();
        this.named = call.block();
        this.kind = CallKind.of(method, named, call.request());
        this.atHead = HeadCheck.isFor(method, kind, named);
        this.chain = routes.traffic();
        this.budget = new AttemptBudget(dispatch, chain.retries());
    }

    void begin() {
        chain.retries().called(dispatch.config().retryBudget());
        if (kind instanceof CallKind.Lookup) chain.opinions().called();
        call.onAbandon(this::abandon);
        plan(dispatch.now());
    }

    public Request request() {
        return call.request();
    }

    /// The chain as the call was last planned on.
    public ChainRoutes routes() {
        return routes;
    }

    private Chain declared() {
        return routes().chain().chain();
    }

    /// Nanoseconds until the client gets an answer, whatever it is.
    public long left() {
        return call.deadline() - dispatch.now();
    }

    private void planAnew() {
        pause = null;
        endRest();
        ChainRoutes present = dispatch.routes(call.chain());
        if (present == null) {
            if (submission != null) conclude();
            else finish(Refusals.noSuchChain(call.chain()));
            return;
        }
        routes = present;
        plan(dispatch.now());
    }

    private void plan(long now) {
        switch (dispatch.plan(routes, RoutingNeeds.of(method, kind, named, chain.floor()), now)) {
            case RoutePlan.Plan(var planned, var _) -> {
                cursor = new PlanCursor(dispatch, declared(), method, objections, ordered(planned, now));
                if (!cursor.isOfSpared() || !rests(cursor)) choose(cursor, now);
            }
            case RoutePlan.NoNode(var group) -> {
                if (submission != null || hasKept() || isDenied()) conclude();
                else finish(Refusals.noNode(call.chain(), group, now));
            }
        }
    }

    private List<PlannedNode> ordered(List<PlannedNode> planned, long now) {
        List<PlannedNode> steps = RecentSends.decideOn(named) ? sentFirst(planned, now) : planned;
        return block == null ? steps : block.steps(steps, round, now);
    }

    private List<PlannedNode> sentFirst(List<PlannedNode> planned, long now) {
        long window = RecentSends.window(declared().probing().blockTime());
        return PlannedNode.mostTakenFirst(planned, chain.recentSends(), window, now);
    }

    private void choose(PlanCursor cursor) {
        choose(cursor, dispatch.now());
    }

    private void choose(PlanCursor cursor, long now) {
        switch (cursor.next()) {
            case PlanCursor.Turn.Ask(var planned, var trial) -> attempt(cursor, planned, trial, now);
            case PlanCursor.Turn.Wait(var planned) -> await(cursor, planned);
            case PlanCursor.Turn.Nobody _ -> exhausted(cursor);
        }
    }

    private void attempt(PlanCursor cursor, PlannedNode planned, boolean trial, long now) {
        if (call.deadline() - now > 0 && budget.permits()) {
            if (atHead && isCheckNeeded(planned, now)) check().begin(cursor, planned, trial, now);
            else ask(cursor, planned, trial, now);
            return;
        }
        dispatch.leave(planned, trial);
        if (isBehind()) exhausted(cursor);
        else if (isWaiting() ? !pauses() : !rests(cursor)) conclude();
    }

    private void ask(PlanCursor cursor, PlannedNode planned, boolean trial, long now) {
        call.attempted();
        start(planned, trial, call.request(), now, (at, ended, outcome) -> ended(cursor, at, ended, outcome));
    }

    /// The node has reached what clients were shown.
    public void enter(PlanCursor cursor, PlannedNode planned) {
        Entry entry = dispatch.enter(planned, declared(), method.mayTakeLong());
        if (entry == Entry.OPEN || entry == Entry.TRIAL) {
            ask(cursor, planned, entry == Entry.TRIAL, dispatch.now());
        } else {
            cursor.closed(planned);
            choose(cursor);
        }
    }

    /// The node has not.
    public void passedOver(PlanCursor cursor) {
        budget.late();
        choose(cursor);
    }

    /// Could not even tell its head, which costs the call an attempt as any failure does.
    public void failed(PlanCursor cursor, PlannedNode planned, RunningAttempt ended, Outcome outcome) {
        if (!(outcome instanceof Outcome.NotSent)) call.attempted();
        obey(new Move.Next(Effect.NONE), cursor, planned, ended, outcome);
    }

    /// A node told its head.
    public void saw(RunningAttempt from, long number) {
        boolean plausible = chain.floor().height(number, declared(), dispatch.now()) != Floor.Height.ABOVE;
        if (plausible) from.node().showed(number, dispatch.now());
    }

    /// A node told a head that no chain can have: that is no answer.
    public void disbelieves(RunningAttempt from) {
        objections.add(
                from.node().id(),
                new Outcome.Unanswered(NoAnswerReason.NONSENSE, "a head higher than any chain"),
                false);
    }

    /// As [#start], for what the call does not ask for itself.
    public void lookUp(PlannedNode planned, boolean trial, Request request, long now, Landing landing) {
        call.lookedUp();
        start(planned, trial, request, now, landing);
    }

    /// Makes an attempt for which a place was taken.
    private void start(PlannedNode planned, boolean trial, Request request, long now, Landing landing) {
        DispatchConfig bounds = dispatch.config();
        Method asked = request.method().equals(method.name()) ? method : MethodTable.of(request.method());
        boolean patient = !trial && (asked.mayTakeLong() || kind instanceof CallKind.Once);
        Duration usual = patient ? bounds.slowAttempt() : bounds.attempt();
        long left = call.deadline() - now;
        if (left > 2 * MARGIN) left -= MARGIN;
        else if (!method.repeatable()) left /= 2;
        Duration timeout = usual.toNanos() <= left ? usual : Duration.ofNanos(left);
        RunningAttempt started = dispatch.attempts()
                .start(call, planned.candidate(), request, trial, asked, now, timeout, (ended, outcome) -> {
                    flight = null;
                    if (!call.isAbandoned()) landing.ended(planned, ended, outcome);
                    else if (outcome instanceof Outcome.Answered(var reply)) reply.discard();
                });
        if (!started.isOver()) flight = started;
    }

    private void ended(PlanCursor cursor, PlannedNode planned, RunningAttempt ended, Outcome told) {
        boolean sends = method.kind() == Method.Kind.SUBMISSION;
        Outcome outcome = sends ? SendResult.read(kind, call.request(), told) : told;
        if (outcome instanceof Outcome.NotSent) call.unreached();
        if (!Denial.isDenied(method, kind, outcome) || !isContested(cursor, planned, outcome)) {
            obey(Move.after(kind, outcome, again), cursor, planned, ended, outcome);
            return;
        }
        budget.late();
        if (outcome instanceof Outcome.Answered(var none)) denial().keep(ended, none);
        cursor.object(planned, outcome, true);
        if (cursor.upcoming() != null || isWaiting()) choose(cursor);
        else exhausted(cursor);
    }

    /// Whether another node is asked although this one says that what the call asks for is not there.
    private boolean isContested(PlanCursor cursor, PlannedNode planned, Outcome outcome) {
        long now = dispatch.now();
        PlannedNode upcoming = cursor.upcoming();
        Absence absence = denial().judge(outcome, planned, upcoming, routes().chain(), now);
        return switch (absence) {
            case BELIEVED -> false;
            case DOUBTED -> {
                if (block != null) block.settle(now);
                yield outcome instanceof Outcome.Answered;
            }
            case QUESTIONED -> chain.opinions().permits(now);
            case LATE -> block().awaits(declared(), now) || outcome instanceof Outcome.Answered;
        };
    }

    private void obey(Move move, PlanCursor cursor, PlannedNode planned, RunningAttempt ended, Outcome outcome) {
        switch (move) {
            case Move.Give(var reply) -> {
                if (reply.error() == null) shows(ended, reply);
                call.answeredAt(ended.endedAt());
                give(ended, reply);
                if (reply.error() == null) spread(ended);
            }
            case Move.Weigh(var reply) -> {
                if (guard().gave(ended, reply)) return;
                budget.late();
                if (kind instanceof CallKind.PendingCount && cursor.upcoming() == null) exhausted(cursor);
                else choose(cursor);
            }
            case Move.Accepted(var hash) -> {
                call.servedBy(ended.node().id());
                submission().accepted(hash, ended.node().id());
                spread(ended);
            }
            case Move.LookUp(var hash, var objection) -> submission().objected(hash, ended, objection);
            case Move.PassOn(var error) -> {
                call.servedBy(ended.node().id());
                finish(new Answer.Objected(error));
            }
            case Move.Stop(var cameBack) -> submission().uncertain(cameBack);
            case Move.Elsewhere _ -> {
                budget.refused();
                budget.charge(outcome);
                cursor.object(planned, outcome, true);
                choose(cursor);
            }
            case Move.Again(var effect) -> {
                again = true;
                budget.charge(outcome);
                if (effect != Effect.NONE) submission().left(planned.node(), effect, outcome);
                choose(cursor, planned);
            }
            case Move.Next(var effect) -> {
                if (isLackingAgain(planned, outcome)) budget.lacking();
                else budget.charge(outcome);
                if (method.mayTakeLong() && outcome instanceof Outcome.Unanswered) {
                    budget.unanswered();
                    if (ended.ranOutOfTime()) objections.ranOutOfTime();
                }
                if (effect != Effect.NONE) submission().left(planned.node(), effect, outcome);
                cursor.object(planned, outcome, block().isThere(routes().chain(), dispatch.now()));
                doubt(ended);
                choose(cursor);
            }
        }
    }

    private static boolean isLackingAgain(PlannedNode planned, Outcome outcome) {
        return planned.eligibility() == Eligibility.LACKING
                && outcome instanceof Outcome.Declined declined
                && declined.meaning() == ErrorMeaning.UNSUPPORTED;
    }

    public void shows(RunningAttempt from, Reply reply) {
        if (method.kind() == Method.Kind.SUBMISSION) sent(ReplyBlock.hashKey(reply));
        if (!ShownAnswers.isOf(method, kind)) return;
        new ShownAnswers(dispatch, chain).note(method, kind, named, declared(), from, reply, denial);
    }

    /// Asks that node again if it has a place, else whoever is next.
    private void choose(PlanCursor cursor, PlannedNode same) {
        Entry entry = dispatch.enter(same, declared(), method.mayTakeLong());
        if (entry == Entry.OPEN || entry == Entry.TRIAL) attempt(cursor, same, entry == Entry.TRIAL, dispatch.now());
        else choose(cursor);
    }

    private void spread(RunningAttempt accepted) {
        if (!(kind instanceof CallKind.Signed(var hash, var _))) return;
        sent(HexKey.ofHash(hash));
        chain.recentSends().took(hash, accepted.node().id(), dispatch.now());
        var needs = RoutingNeeds.of(method, kind, named, chain.floor());
        Broadcast.begin(dispatch, routes(), call, needs, hash, accepted.node().id());
    }

    /// There may well be such a transaction now.
    ///
    /// @param key [HexKey] of its hash
    public void sent(long key) {
        chain.floor().hashes().pending(key, chain.floor().newestKnown());
    }

    private void doubt(RunningAttempt ended) {
        if (!ended.isDoubtful()) return;
        if (doubts == null) doubts = new ArrayList<>(2);
        doubts.add(ended);
    }

    private AwaitedBlock block() {
        if (block == null) block = new AwaitedBlock(chain.floor(), CallKind.height(kind, named, chain.floor()));
        return block;
    }

    private Denial denial() {
        if (denial == null) denial = new Denial(chain, method, kind, named);
        return denial;
    }

    private boolean isDenied() {
        return denial != null && denial.isKept();
    }

    private boolean isCheckNeeded(PlannedNode planned, long now) {
        boolean settled = check != null && check.isSettled();
        return !settled && planned.candidate().head(now) < chain.floor().number();
    }

    private HeadCheck check() {
        if (check == null) check = new HeadCheck(chain.floor(), this);
        return check;
    }

    private boolean isBehind() {
        return check != null && check.isBehind();
    }

    private ReplyGuard guard() {
        if (guard == null) {
            guard = kind instanceof CallKind.PendingCount(var address)
                    ? new CountGuard(dispatch, chain.recentSends(), address, this)
                    : new HeadGuard(dispatch, chain, kind, this);
        }
        return guard;
    }

    private boolean hasKept() {
        return guard != null && !guard.isEmpty();
    }

    private Submission submission() {
        if (submission == null) submission = new Submission(dispatch, call, kind, this);
        return submission;
    }

    private boolean isMaybeDone() {
        return submission != null && submission.isMaybeDone();
    }

    private void await(PlanCursor cursor, PlannedNode planned) {
        DispatchConfig bounds = dispatch.config();
        long longest = Math.min(bounds.queueTime().toNanos(), left());
        queued = QueuedCall.join(
                dispatch,
                planned,
                call.client().peer(),
                method.mayTakeLong(),
                bounds.queue(),
                longest,
                () -> granted(cursor, planned),
                () -> shed(Refusals.full()),
                () -> shed(Refusals.moreThanItsShare()));
        if (queued == null) shed(Refusals.full());
    }

    private void granted(PlanCursor cursor, PlannedNode planned) {
        queued = null;
        Entry entry = dispatch.admit(planned, declared());
        if (entry == Entry.OPEN || entry == Entry.TRIAL) {
            attempt(cursor, planned, entry == Entry.TRIAL, dispatch.now());
            return;
        }
        dispatch.leave(planned, false);
        cursor.closed(planned);
        choose(cursor);
    }

    private void shed(Refused why) {
        queued = null;
        shed = why;
        conclude();
    }

    /// Pauses and plans anew while something may change: a node may come back, the Fleet may know of a better one, and
    /// the block that clients were shown may come.
    private void exhausted(PlanCursor cursor) {
        if (isMissingHead() && guard().standsIn()) return;
        if (isBehind() && !hasKept()) {
            awaitHead();
            return;
        }
        boolean waits = isWaiting() && !hasKept();
        if (cursor.isRated() && !waits) shed = Refusals.leaderSpent();
        boolean hopeful = cursor.isHopeful() && !budget.isSpent();
        boolean ends = hasKept() || isMaybeDone() || shed != null || !hopeful;
        boolean goesOn = (ends && !waits) ? rests(cursor) : pauses();
        if (!goesOn) conclude();
    }

    /// Waits until the first of the nodes that asked to be left alone may be asked again, when that is soon and nothing
    /// else stands against the call.
    ///
    /// @return whether it does
    private boolean rests(PlanCursor cursor) {
        long now = dispatch.now();
        long rest = cursor.rest(now);
        boolean soon = rest > 0 && rest <= dispatch.config().queueTime().toNanos() && rests < MOST_RESTS;
        boolean settled = hasKept() || isMaybeDone() || isDenied() || shed != null || !objections.areForRest();
        if (!soon || settled || !budget.mayReturn() || left() <= rest + REST_SPREAD + MARGIN) return false;
        if (!chain.rests(dispatch.config().queue())) return false;
        resting = true;
        rests++;
        if (objections.areOfLoad()) budget.rested();
        planLater(rest + LoopDispatch.jittered(REST_SPREAD));
        return true;
    }

    private void endRest() {
        if (resting) chain.rested();
        resting = false;
    }

    /// Every node that can serve is behind what clients were shown. After about one block time they are taken as they
    /// are.
    private void awaitHead() {
        boolean waits = waitsFor(chain.floor().number());
        check().again(!waits);
        if (waits) return;
        budget.paused();
        planAnew();
    }

    /// Waits for the block of that height, which no node has yet.
    ///
    /// @return whether the call will be planned anew; otherwise it has waited enough
    public boolean waitsFor(long number) {
        block().await(number, declared(), dispatch.now());
        return isWaiting() && pauses();
    }

    private boolean isWaiting() {
        return block != null && block.isAwaited(dispatch.now()) && !budget.isSpent();
    }

    /// @return whether there is time for it
    private boolean pauses() {
        long longest = block == null ? LONGEST_PAUSE : Math.max(LONGEST_PAUSE, block.pause());
        long length = LoopDispatch.jittered(Math.min(FIRST_PAUSE << Math.min(round, 6), longest));
        if (left() <= length + MARGIN || !budget.mayReturn()) return false;
        round++;
        objections.paused();
        budget.paused();
        planLater(length);
        return true;
    }

    /// What a node may have taken is looked for first.
    private void planLater(long length) {
        long until = dispatch.now() + length;
        boolean checked = submission != null
                && submission.checks(
                        length, () -> pause = dispatch.later(this::planAnew, Math.max(0, until - dispatch.now())));
        if (!checked) pause = dispatch.later(this::planAnew, length);
    }

    /// No further node is asked: the client gets the best there is.
    public void conclude() {
        if (hasKept()) guard().conclude();
        else if (isMaybeDone()) submission().conclude(isRefusable() ? this::refuse : null);
        else if (submission != null) submission.turnedAway(this::refuse);
        else refuse();
    }

    private boolean isRefusable() {
        return objections.isTelling() || objections.areOfSize();
    }

    private void refuse() {
        if (isDenied()) giveDenial();
        else if (objections.isTelling() && !objections.areOfSize()) object();
        else if (shed != null) finish(shed);
        else finish(unanswered());
    }

    private Refused unanswered() {
        var rest = Duration.ofNanos(cursor == null ? 0 : cursor.rest(dispatch.now()));
        List<NodeId> nodes = routes.seats(method.name()).lasting();
        return Refusals.unanswered(call.chain(), objections, nodes, left() <= LONGEST_PAUSE, rest);
    }

    private void object() {
        RpcError best = objections.best();
        NodeId from = objections.bestFrom();
        if (best == null || from == null) throw new IllegalStateException("nobody objected");
        call.servedBy(from);
        finish(new Answer.Objected(best));
    }

    private void giveDenial() {
        if (!isHopeful()) denial().agreed();
        give(denial().first(), denial().release());
    }

    private boolean isHopeful() {
        return cursor == null || cursor.isHopeful();
    }

    private boolean isMissingHead() {
        return kind instanceof CallKind.HeadBlock && (isDenied() || objections.has(ErrorMeaning.HEAD_NOT_THERE));
    }

    public void give(RunningAttempt from, Reply reply) {
        if (doubts != null) doubts.forEach(doubt -> doubt.blameUnless(from));
        call.servedBy(from.node().id());
        finish(new Answer.Served(reply));
    }

    public void finish(Answer answer) {
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
        if (queued != null) queued.cancel();
        if (pause != null) pause.cancel(false);
        endRest();
        if (submission != null) submission.cancel();
        release();
    }

    private void release() {
        if (denial != null) denial.discard();
        if (guard != null) guard.discard();
        if (submission != null) submission.discard();
    }
}
