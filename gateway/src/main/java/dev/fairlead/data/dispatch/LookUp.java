package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Complaint;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.upstream.Outcome;
import dev.fairlead.core.upstream.Reason;
import dev.fairlead.core.upstream.Reply;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.dispatch.Lane.Entry;
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

/// Finds out whether the network has a transaction, or its receipt, by asking the nodes for it one after the other:
/// those
/// that may have taken it first. When patient, all of them again and again, until one has it or the time is over; else
/// a
/// few of them once, and again only those that may have taken it and could not say.
final class LookUp {
    private static final Method TRANSACTION = MethodTable.of("eth_getTransactionByHash");
    private static final Method RECEIPT = MethodTable.of("eth_getTransactionReceipt");
    private static final long PAUSE = Duration.ofMillis(200).toNanos();
    private static final long EACH = Duration.ofSeconds(1).toNanos();
    /// Whoever gets less time would be called dead for it.
    private static final long LEAST = Duration.ofMillis(100).toNanos();
    private static final long SHARED_LEAST = Duration.ofMillis(300).toNanos();
    private static final int FEW = 3;
    /// How often a node is asked again at once because the connection to it had grown old.
    private static final int MOST_STALE = 3;

    enum Found {
        THERE,
        /// Every node that may have taken it said that it does not have it, and no other that it has.
        NOWHERE,
        /// A node that may have taken it, or every node, could not say.
        UNKNOWN
    }

    private final Lane lane;
    private final Call call;
    private final Method method;
    private final Request request;
    private final long until;
    private final boolean patient;
    private final Collection<NodeId> takers;
    private final BiConsumer<Flight, Reply> taken;
    private final Consumer<Found> found;
    /// The nodes that said that they do not have it.
    private final Set<NodeId> without = new HashSet<>();
    /// Those that do not answer such questions.
    private final Set<NodeId> mute = new HashSet<>();
    private List<Step> steps = List.of();
    private int next;
    private int round;
    private @Nullable Flight flight;
    private @Nullable ScheduledFuture<?> pause;
    private int asked;
    private boolean there;
    private boolean over;

    private LookUp(
            Lane lane,
            Call call,
            Method method,
            Request request,
            long until,
            boolean patient,
            Collection<NodeId> takers,
            BiConsumer<Flight, Reply> taken,
            Consumer<Found> found) {
        this.lane = lane;
        this.call = call;
        this.method = method;
        this.request = request;
        this.until = until;
        this.patient = patient;
        this.takers = takers;
        this.taken = taken;
        this.found = found;
    }

    /// @param until when to give up
    /// @param patient whether it may take a while until the network has it
    /// @param takers the nodes that may have taken it, in the order in which they are asked
    /// @param found called exactly once, unless cancelled
    static LookUp ofHash(
            Lane lane,
            Call call,
            String hash,
            long until,
            boolean patient,
            Collection<NodeId> takers,
            Consumer<Found> found) {
        var request = Request.of(TRANSACTION.name(), "[\"" + hash + "\"]");
        return new LookUp(lane, call, TRANSACTION, request, until, patient, takers, LookUp::discard, found);
    }

    /// Patient, and under the client's own id.
    ///
    /// @param by the node that has the transaction, or null
    /// @param taken called with the receipt, which it owns
    /// @param missing called when there is none in time
    static LookUp ofReceipt(
            Lane lane,
            Call call,
            String hash,
            long until,
            @Nullable NodeId by,
            BiConsumer<Flight, Reply> taken,
            Runnable missing) {
        var request = new Request(call.request().id(), RECEIPT.name(), Slice.of("[\"" + hash + "\"]"));
        List<NodeId> takers = by == null ? List.of() : List.of(by);
        return new LookUp(lane, call, RECEIPT, request, until, true, takers, taken, found -> {
            if (found != Found.THERE) missing.run();
        });
    }

    private static void discard(Flight from, Reply reply) {
        reply.discard();
    }

    void begin() {
        pause = null;
        Roster roster = lane.roster(call.chain());
        var ask = Ask.of(method, new BlockRef.None(), -1);
        if (roster == null || !(lane.plan(roster, ask, lane.now()) instanceof Routing.Plan plan)) {
            again();
            return;
        }
        steps = takersFirst(plan.steps());
        next = 0;
        proceed(roster);
    }

    void cancel() {
        over = true;
        if (flight != null) flight.cancel();
        if (pause != null) pause.cancel(false);
    }

    private void proceed(Roster roster) {
        while (next < steps.size() && isTime()) {
            Step step = steps.get(next++);
            if (mayAsk(step.node()) && asks(step, 0, roster)) return;
        }
        again();
    }

    private boolean isTime() {
        return until - lane.now() > (asked == 0 ? 0 : LEAST);
    }

    private boolean mayAsk(NodeId node) {
        if (patient) return true;
        if (takers.contains(node)) return isOwed(node);
        return round == 0 && (asked < FEW || without.isEmpty());
    }

    /// Whether the answer of that node is needed, and may yet come.
    private boolean isOwed(NodeId node) {
        return !without.contains(node) && !mute.contains(node);
    }

    private long owed() {
        return takers.stream().filter(this::isOwed).count();
    }

    private List<Step> takersFirst(List<Step> planned) {
        List<NodeId> first = List.copyOf(takers);
        var ordered = new ArrayList<>(planned);
        ordered.sort(Comparator.comparingInt(step -> {
            int at = first.indexOf(step.node());
            return at < 0 ? first.size() : at;
        }));
        return ordered;
    }

    /// @param stale how often it was asked in vain because the connection had grown old
    private boolean asks(Step step, int stale, Roster roster) {
        Entry entry = lane.enter(step, roster.chain().chain(), false);
        if (entry != Entry.OPEN && entry != Entry.TRIAL) return false;
        asked++;
        call.lookedUp();
        long now = lane.now();
        Flight started = lane.attempts()
                .start(
                        call,
                        step.candidate(),
                        request,
                        entry == Entry.TRIAL,
                        method,
                        now,
                        timeout(now),
                        (from, outcome) -> ended(step, stale, from, outcome, roster));
        flight = started.isOver() ? flight : started;
        return true;
    }

    /// So that one node that is silent leaves time for the others that may have taken it.
    private Duration timeout(long now) {
        long left = until - now;
        long share = Math.max(SHARED_LEAST, left / Math.max(1, owed()));
        return Duration.ofNanos(Math.min(Math.min(EACH, share), left));
    }

    private void ended(Step step, int stale, Flight from, Outcome outcome, Roster roster) {
        flight = null;
        switch (outcome) {
            case Outcome.Answered(var reply) -> answered(from, reply);
            case Outcome.Declined declined when isMute(declined.complaint()) -> mute.add(step.node());
            case Outcome.Unanswered(var reason, var _)
            when reason == Reason.STALE && stale < MOST_STALE -> {
                if (isTime() && asks(step, stale + 1, roster)) return;
            }
            case Outcome.Declined _, Outcome.NotSent _, Outcome.Unanswered _ -> {}
        }
        if (there) conclude();
        else proceed(roster);
    }

    private void answered(Flight from, Reply reply) {
        there = HeadReply.isSomething(reply);
        if (there && !over) {
            taken.accept(from, reply);
            return;
        }
        if (reply.error() == null) without.add(from.node().id());
        reply.discard();
    }

    private static boolean isMute(Complaint complaint) {
        return complaint == Complaint.UNAUTHORIZED || complaint == Complaint.UNSUPPORTED;
    }

    private void again() {
        long length = patient ? PAUSE : PAUSE << Math.min(round, 3);
        boolean more = patient || owed() > 0;
        if (!more || until - lane.now() <= length + LEAST) {
            conclude();
            return;
        }
        round++;
        pause = lane.later(this::begin, length);
    }

    private void conclude() {
        if (over) return;
        over = true;
        found.accept(there ? Found.THERE : isNowhere() ? Found.NOWHERE : Found.UNKNOWN);
    }

    private boolean isNowhere() {
        return !without.isEmpty() && without.containsAll(takers);
    }
}
