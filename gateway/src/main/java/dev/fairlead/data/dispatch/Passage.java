package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Complaint;
import dev.fairlead.core.eth.HexKey;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.upstream.Outcome;
import dev.fairlead.core.upstream.Reason;
import dev.fairlead.core.upstream.Reply;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.call.Answer.Refused;
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
final class Passage {
    private static final long FIRST_PAUSE = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(400).toNanos();
    private static final long REST_SPREAD = Duration.ofMillis(250).toNanos();
    private static final int MOST_RESTS = 10;
    /// Kept from the last attempt, so that what it ended with is told before the call's time is over.
    private static final long MARGIN = Duration.ofMillis(250).toNanos();

    private final Lane lane;
    private final Call call;
    private final Consumer<Answer> back;
    private final Method method;
    private final BlockRef named;
    private final Errand errand;
    private final ChainTraffic chain;
    private final Objections objections = new Objections();
    private final Allowance allowance;

    private Roster roster;
    private @Nullable Walk walk;
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
    private @Nullable Watch watch;
    private @Nullable Submission submission;
    private @Nullable List<Flight> doubts;
    private @Nullable Flight flight;
    private @Nullable Waiting waiting;
    private @Nullable ScheduledFuture<?> pause;

    /// Told of an attempt that ended.
    interface Landing {
        void ended(Step step, Flight flight, Outcome outcome);
    }

    /// @param roster the chain as it is now
    Passage(Lane lane, Roster roster, Call call, Consumer<Answer> back) {
        this.lane = lane;
        this.roster = roster;
        this.call = call;
        this.back = back;
        this.method = call.method();
        this.named = BlockRef.of(method, call.request().params());
        this.errand = Errand.of(method, named, call.request());
        this.atHead = HeadCheck.isFor(method, errand, named);
        this.chain = roster.traffic();
        this.allowance = new Allowance(lane, chain.retries());
    }

    void begin() {
        chain.retries().called(lane.config().retryBudget());
        if (errand instanceof Errand.Lookup) chain.opinions().called();
        call.onAbandon(this::abandon);
        plan(lane.now());
    }

    Request request() {
        return call.request();
    }

    /// The chain as the call was last planned on.
    Roster roster() {
        return roster;
    }

    private Chain declared() {
        return roster().chain().chain();
    }

    /// Nanoseconds until the client gets an answer, whatever it is.
    long left() {
        return call.deadline() - lane.now();
    }

    private void planAnew() {
        pause = null;
        endRest();
        Roster present = lane.roster(call.chain());
        if (present == null) {
            if (submission != null) conclude();
            else finish(Refusals.noSuchChain(call.chain()));
            return;
        }
        roster = present;
        plan(lane.now());
    }

    private void plan(long now) {
        switch (lane.plan(roster, Ask.of(method, errand, named, chain.floor()), now)) {
            case Routing.Plan(var planned, var _) -> {
                walk = new Walk(lane, declared(), method, objections, ordered(planned, now));
                if (!walk.isOfSpared() || !rests(walk)) choose(walk, now);
            }
            case Routing.NoNode(var seats) -> {
                if (submission != null || hasKept() || isDenied()) conclude();
                else finish(Refusals.noNode(call.chain(), seats, now));
            }
        }
    }

    private List<Step> ordered(List<Step> planned, long now) {
        List<Step> steps = Sends.decideOn(named) ? sentFirst(planned, now) : planned;
        return block == null ? steps : block.steps(steps, round, now);
    }

    private List<Step> sentFirst(List<Step> planned, long now) {
        long window = Sends.window(declared().probing().blockTime());
        return Step.mostTakenFirst(planned, chain.sends(), window, now);
    }

    private void choose(Walk along) {
        choose(along, lane.now());
    }

    private void choose(Walk along, long now) {
        switch (along.next()) {
            case Walk.Turn.Ask(var step, var trial) -> attempt(along, step, trial, now);
            case Walk.Turn.Wait(var step) -> await(along, step);
            case Walk.Turn.Nobody _ -> exhausted(along);
        }
    }

    private void attempt(Walk along, Step step, boolean trial, long now) {
        if (call.deadline() - now > 0 && allowance.permits()) {
            if (atHead && isCheckNeeded(step, now)) check().begin(along, step, trial, now);
            else ask(along, step, trial, now);
            return;
        }
        lane.leave(step, trial);
        if (isBehind()) exhausted(along);
        else if (isWaiting() ? !pauses() : !rests(along)) conclude();
    }

    private void ask(Walk along, Step step, boolean trial, long now) {
        call.attempted();
        start(step, trial, call.request(), now, (at, ended, outcome) -> ended(along, at, ended, outcome));
    }

    /// The node has reached what clients were shown.
    void enter(Walk along, Step step) {
        Entry entry = lane.enter(step, declared(), method.mayTakeLong());
        if (entry == Entry.OPEN || entry == Entry.TRIAL) {
            ask(along, step, entry == Entry.TRIAL, lane.now());
        } else {
            along.closed(step);
            choose(along);
        }
    }

    /// The node has not.
    void passedOver(Walk along) {
        allowance.late();
        choose(along);
    }

    /// Could not even tell its head, which costs the call an attempt as any failure does.
    void failed(Walk along, Step step, Flight ended, Outcome outcome) {
        if (!(outcome instanceof Outcome.NotSent)) call.attempted();
        obey(new Move.Next(Effect.NONE), along, step, ended, outcome);
    }

    /// A node told its head.
    void saw(Flight from, long number) {
        boolean plausible = chain.floor().height(number, declared(), lane.now()) != Floor.Height.ABOVE;
        if (plausible) from.node().showed(number, lane.now());
    }

    /// A node told a head that no chain can have: that is no answer.
    void disbelieves(Flight from) {
        objections.add(
                from.node().id(), new Outcome.Unanswered(Reason.NONSENSE, "a head higher than any chain"), false);
    }

    /// As [#start], for what the call does not ask for itself.
    void lookUp(Step step, boolean trial, Request request, long now, Landing landing) {
        call.lookedUp();
        start(step, trial, request, now, landing);
    }

    /// Makes an attempt for which a place was taken.
    private void start(Step step, boolean trial, Request request, long now, Landing landing) {
        DispatchConfig bounds = lane.config();
        Method asked = request.method().equals(method.name()) ? method : MethodTable.of(request.method());
        boolean patient = !trial && (asked.mayTakeLong() || errand instanceof Errand.Once);
        Duration usual = patient ? bounds.slowAttempt() : bounds.attempt();
        long left = call.deadline() - now;
        if (left > 2 * MARGIN) left -= MARGIN;
        else if (!method.repeatable()) left /= 2;
        Duration timeout = usual.toNanos() <= left ? usual : Duration.ofNanos(left);
        Flight started = lane.attempts()
                .start(call, step.candidate(), request, trial, asked, now, timeout, (ended, outcome) -> {
                    flight = null;
                    if (!call.isAbandoned()) landing.ended(step, ended, outcome);
                    else if (outcome instanceof Outcome.Answered(var reply)) reply.discard();
                });
        if (!started.isOver()) flight = started;
    }

    private void ended(Walk along, Step step, Flight ended, Outcome told) {
        boolean sends = method.kind() == Method.Kind.SUBMISSION;
        Outcome outcome = sends ? SendResult.read(errand, call.request(), told) : told;
        if (outcome instanceof Outcome.NotSent) call.unreached();
        if (!Denial.isDenied(method, errand, outcome) || !isContested(along, step, outcome)) {
            obey(Move.after(errand, outcome, again), along, step, ended, outcome);
            return;
        }
        allowance.late();
        if (outcome instanceof Outcome.Answered(var none)) denial().keep(ended, none);
        along.object(step, outcome, true);
        if (along.upcoming() != null || isWaiting()) choose(along);
        else exhausted(along);
    }

    /// Whether another node is asked although this one says that what the call asks for is not there.
    private boolean isContested(Walk along, Step step, Outcome outcome) {
        long now = lane.now();
        Step upcoming = along.upcoming();
        Absence absence = denial().judge(outcome, step, upcoming, roster().chain(), now);
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

    private void obey(Move move, Walk along, Step step, Flight ended, Outcome outcome) {
        switch (move) {
            case Move.Give(var reply) -> {
                if (reply.error() == null) shows(ended, reply);
                call.answeredAt(ended.endedAt());
                give(ended, reply);
                if (reply.error() == null) spread(ended);
            }
            case Move.Weigh(var reply) -> {
                if (watch().gave(ended, reply)) return;
                allowance.late();
                if (errand instanceof Errand.PendingCount && along.upcoming() == null) exhausted(along);
                else choose(along);
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
                allowance.refused();
                allowance.charge(outcome);
                along.object(step, outcome, true);
                choose(along);
            }
            case Move.Again(var effect) -> {
                again = true;
                allowance.charge(outcome);
                if (effect != Effect.NONE) submission().left(step.node(), effect, outcome);
                choose(along, step);
            }
            case Move.Next(var effect) -> {
                if (isLackingAgain(step, outcome)) allowance.lacking();
                else allowance.charge(outcome);
                if (method.mayTakeLong() && outcome instanceof Outcome.Unanswered) {
                    allowance.unanswered();
                    if (ended.ranOutOfTime()) objections.ranOutOfTime();
                }
                if (effect != Effect.NONE) submission().left(step.node(), effect, outcome);
                along.object(step, outcome, block().isThere(roster().chain(), lane.now()));
                doubt(ended);
                choose(along);
            }
        }
    }

    private static boolean isLackingAgain(Step step, Outcome outcome) {
        return step.place() == Place.LACKING
                && outcome instanceof Outcome.Declined declined
                && declined.complaint() == Complaint.UNSUPPORTED;
    }

    void shows(Flight from, Reply reply) {
        if (method.kind() == Method.Kind.SUBMISSION) sent(HeadReply.hashKey(reply));
        if (!Shown.isOf(method, errand)) return;
        new Shown(lane, chain).note(method, errand, named, declared(), from, reply, denial);
    }

    /// Asks that node again if it has a place, else whoever is next.
    private void choose(Walk along, Step same) {
        Entry entry = lane.enter(same, declared(), method.mayTakeLong());
        if (entry == Entry.OPEN || entry == Entry.TRIAL) attempt(along, same, entry == Entry.TRIAL, lane.now());
        else choose(along);
    }

    private void spread(Flight accepted) {
        if (!(errand instanceof Errand.Signed(var hash, var _))) return;
        sent(HexKey.ofHash(hash));
        chain.sends().took(hash, accepted.node().id(), lane.now());
        var ask = Ask.of(method, errand, named, chain.floor());
        Broadcast.begin(lane, roster(), call, ask, hash, accepted.node().id());
    }

    /// There may well be such a transaction now.
    ///
    /// @param key [HexKey] of its hash
    void sent(long key) {
        chain.floor().hashes().pending(key, chain.floor().newestKnown());
    }

    private void doubt(Flight ended) {
        if (!ended.isDoubtful()) return;
        if (doubts == null) doubts = new ArrayList<>(2);
        doubts.add(ended);
    }

    private AwaitedBlock block() {
        if (block == null) block = new AwaitedBlock(chain.floor(), Errand.height(errand, named, chain.floor()));
        return block;
    }

    private Denial denial() {
        if (denial == null) denial = new Denial(chain, method, errand, named);
        return denial;
    }

    private boolean isDenied() {
        return denial != null && denial.isKept();
    }

    private boolean isCheckNeeded(Step step, long now) {
        boolean settled = check != null && check.isSettled();
        return !settled && step.candidate().head(now) < chain.floor().number();
    }

    private HeadCheck check() {
        if (check == null) check = new HeadCheck(chain.floor(), this);
        return check;
    }

    private boolean isBehind() {
        return check != null && check.isBehind();
    }

    private Watch watch() {
        if (watch == null) {
            watch = errand instanceof Errand.PendingCount(var address)
                    ? new CountWatch(lane, chain.sends(), address, this)
                    : new HeadWatch(lane, chain, errand, this);
        }
        return watch;
    }

    private boolean hasKept() {
        return watch != null && !watch.isEmpty();
    }

    private Submission submission() {
        if (submission == null) submission = new Submission(lane, call, errand, this);
        return submission;
    }

    private boolean isMaybeDone() {
        return submission != null && submission.isMaybeDone();
    }

    private void await(Walk along, Step step) {
        DispatchConfig bounds = lane.config();
        long longest = Math.min(bounds.queueTime().toNanos(), left());
        waiting = Waiting.join(
                lane,
                step,
                call.client().peer(),
                method.mayTakeLong(),
                bounds.queue(),
                longest,
                () -> granted(along, step),
                () -> shed(Refusals.full()),
                () -> shed(Refusals.moreThanItsShare()));
        if (waiting == null) shed(Refusals.full());
    }

    private void granted(Walk along, Step step) {
        waiting = null;
        Entry entry = lane.admit(step, declared());
        if (entry == Entry.OPEN || entry == Entry.TRIAL) {
            attempt(along, step, entry == Entry.TRIAL, lane.now());
            return;
        }
        lane.leave(step, false);
        along.closed(step);
        choose(along);
    }

    private void shed(Refused why) {
        waiting = null;
        shed = why;
        conclude();
    }

    /// Pauses and plans anew while something may change: a node may come back, the Fleet may know of a better one, and
    /// the block that clients were shown may come.
    private void exhausted(Walk along) {
        if (isMissingHead() && watch().standsIn()) return;
        if (isBehind() && !hasKept()) {
            awaitHead();
            return;
        }
        boolean waits = isWaiting() && !hasKept();
        if (along.isRated() && !waits) shed = Refusals.leaderSpent();
        boolean hopeful = along.isHopeful() && !allowance.isSpent();
        boolean ends = hasKept() || isMaybeDone() || shed != null || !hopeful;
        boolean goesOn = (ends && !waits) ? rests(along) : pauses();
        if (!goesOn) conclude();
    }

    /// Waits until the first of the nodes that asked to be left alone may be asked again, when that is soon and nothing
    /// else stands against the call.
    ///
    /// @return whether it does
    private boolean rests(Walk along) {
        long now = lane.now();
        long rest = along.rest(now);
        boolean soon = rest > 0 && rest <= lane.config().queueTime().toNanos() && rests < MOST_RESTS;
        boolean settled = hasKept() || isMaybeDone() || isDenied() || shed != null || !objections.areForRest();
        if (!soon || settled || !allowance.mayReturn() || left() <= rest + REST_SPREAD + MARGIN) return false;
        if (!chain.rests(lane.config().queue())) return false;
        resting = true;
        rests++;
        if (objections.areOfLoad()) allowance.rested();
        planLater(rest + Lane.jittered(REST_SPREAD));
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
        allowance.paused();
        planAnew();
    }

    /// Waits for the block of that height, which no node has yet.
    ///
    /// @return whether the call will be planned anew; otherwise it has waited enough
    boolean waitsFor(long number) {
        block().await(number, declared(), lane.now());
        return isWaiting() && pauses();
    }

    private boolean isWaiting() {
        return block != null && block.isAwaited(lane.now()) && !allowance.isSpent();
    }

    /// @return whether there is time for it
    private boolean pauses() {
        long longest = block == null ? LONGEST_PAUSE : Math.max(LONGEST_PAUSE, block.pause());
        long length = Lane.jittered(Math.min(FIRST_PAUSE << Math.min(round, 6), longest));
        if (left() <= length + MARGIN || !allowance.mayReturn()) return false;
        round++;
        objections.paused();
        allowance.paused();
        planLater(length);
        return true;
    }

    /// What a node may have taken is looked for first.
    private void planLater(long length) {
        long until = lane.now() + length;
        boolean checked = submission != null
                && submission.checks(length, () -> pause = lane.later(this::planAnew, Math.max(0, until - lane.now())));
        if (!checked) pause = lane.later(this::planAnew, length);
    }

    /// No further node is asked: the client gets the best there is.
    void conclude() {
        if (hasKept()) watch().conclude();
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
        var rest = Duration.ofNanos(walk == null ? 0 : walk.rest(lane.now()));
        List<NodeId> nodes = roster.seats(method.name()).lasting();
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
        return walk == null || walk.isHopeful();
    }

    private boolean isMissingHead() {
        return errand instanceof Errand.HeadBlock && (isDenied() || objections.has(Complaint.HEAD_NOT_THERE));
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
        endRest();
        if (submission != null) submission.cancel();
        release();
    }

    private void release() {
        if (denial != null) denial.discard();
        if (watch != null) watch.discard();
        if (submission != null) submission.discard();
    }
}
