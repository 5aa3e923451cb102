package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.upstream.Outcome;
import dev.fairlead.core.upstream.Reply;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.dispatch.Lane.Entry;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds out whether the network has a transaction, or its receipt, by asking the nodes for it one after the other: a
/// few of them once, or, when patient, all of them again and again, until one has it or the time is over.
final class LookUp {
    private static final Method TRANSACTION = MethodTable.of("eth_getTransactionByHash");
    private static final Method RECEIPT = MethodTable.of("eth_getTransactionReceipt");
    private static final long PAUSE = Duration.ofMillis(200).toNanos();
    private static final long EACH = Duration.ofSeconds(1).toNanos();
    private static final int FEW = 3;

    enum Found {
        THERE,
        /// At least one node said that it does not have it, and none that it has.
        NOWHERE,
        /// No node answered.
        UNKNOWN
    }

    private final Lane lane;
    private final Call call;
    private final Method method;
    private final Request request;
    private final long until;
    private final boolean patient;
    private final @Nullable NodeId first;
    private final BiConsumer<Flight, Reply> taken;
    private final Consumer<Found> found;
    private List<Step> steps = List.of();
    private int next;
    private @Nullable Flight flight;
    private @Nullable ScheduledFuture<?> pause;
    private int asked;
    private Found best = Found.UNKNOWN;
    private boolean over;

    private LookUp(
            Lane lane,
            Call call,
            Method method,
            Request request,
            long until,
            boolean patient,
            @Nullable NodeId first,
            BiConsumer<Flight, Reply> taken,
            Consumer<Found> found) {
        this.lane = lane;
        this.call = call;
        this.method = method;
        this.request = request;
        this.until = until;
        this.patient = patient;
        this.first = first;
        this.taken = taken;
        this.found = found;
    }

    /// @param until when to give up
    /// @param patient whether it may take a while until the network has it
    /// @param first whom to ask first, or null
    /// @param found called exactly once, unless cancelled
    static LookUp ofHash(
            Lane lane,
            Call call,
            String hash,
            long until,
            boolean patient,
            @Nullable NodeId first,
            Consumer<Found> found) {
        var request = Request.of(TRANSACTION.name(), "[\"" + hash + "\"]");
        return new LookUp(lane, call, TRANSACTION, request, until, patient, first, LookUp::discard, found);
    }

    /// Patient, and under the client's own id.
    ///
    /// @param taken called with the receipt, which it owns
    /// @param missing called when there is none in time
    static LookUp ofReceipt(
            Lane lane,
            Call call,
            String hash,
            long until,
            @Nullable NodeId first,
            BiConsumer<Flight, Reply> taken,
            Runnable missing) {
        var request = new Request(call.request().id(), RECEIPT.name(), Slice.of("[\"" + hash + "\"]"));
        return new LookUp(lane, call, RECEIPT, request, until, true, first, taken, found -> {
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
        steps = firstFirst(plan.steps());
        next = 0;
        proceed(roster);
    }

    void cancel() {
        over = true;
        if (flight != null) flight.cancel();
        if (pause != null) pause.cancel(false);
    }

    private void proceed(Roster roster) {
        while (next < steps.size() && until - lane.now() > 0 && mayAsk()) {
            Step step = steps.get(next++);
            Entry entry = lane.enter(step, roster.chain().chain(), false);
            if (entry != Entry.OPEN && entry != Entry.TRIAL) continue;
            ask(step, entry == Entry.TRIAL, roster);
            return;
        }
        again();
    }

    /// A few may say that they do not have it; those that cannot say do not count.
    private boolean mayAsk() {
        return patient || asked < FEW || best == Found.UNKNOWN;
    }

    private List<Step> firstFirst(List<Step> planned) {
        var ordered = new ArrayList<>(planned);
        ordered.sort(Comparator.comparing(step -> !step.node().equals(first)));
        return ordered;
    }

    private void ask(Step step, boolean trial, Roster roster) {
        asked++;
        call.lookedUp();
        long now = lane.now();
        var timeout = Duration.ofNanos(Math.min(EACH, until - now));
        Flight started = lane.attempts()
                .start(call, step.candidate(), request, trial, method, now, timeout, (from, outcome) -> {
                    ended(from, outcome, roster);
                });
        flight = started.isOver() ? flight : started;
    }

    private void ended(Flight from, Outcome outcome, Roster roster) {
        flight = null;
        if (outcome instanceof Outcome.Answered(var reply)) {
            if (HeadReply.isSomething(reply)) best = Found.THERE;
            else if (reply.error() == null) best = Found.NOWHERE;
            if (best == Found.THERE && !over) taken.accept(from, reply);
            else reply.discard();
        }
        if (best == Found.THERE) conclude();
        else proceed(roster);
    }

    private void again() {
        if (!patient || until - lane.now() <= PAUSE) conclude();
        else pause = lane.later(this::begin, PAUSE);
    }

    private void conclude() {
        if (over) return;
        over = true;
        found.accept(best);
    }
}
