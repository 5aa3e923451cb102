package dev.fairlead.data.load;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Service;
import dev.fairlead.core.fleet.NodeId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One node's traffic through this gateway, shared by all event loops. Readers take no locks; where two writers race,
/// an average or a time may miss one sample, which is harmless, while places, ejections and failures never do.
public final class NodeTraffic {
    private static final long SILENCE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long HEAD_KEPT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long KEEPS_LESS_NANOS = Duration.ofHours(1).toNanos();
    private static final long LED_BACK_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_LACKING = 256;

    private final NodeId id;
    private final NodeQueue places = new NodeQueue();
    private final AtomicInteger quick = new AtomicInteger();
    private final AtomicReference<EjectionState> ejection;
    private final Map<Service, AtomicReference<FailureWindow>> failureWindows = new EnumMap<>(Service.class);
    private final ConcurrentHashMap<String, Lack> lacking = new ConcurrentHashMap<>();

    private volatile long busySince;
    private volatile long spokeAt;
    private volatile double latency;
    private volatile long measuredAt;
    private volatile long sparedUntil;
    private volatile long safe = -1;
    private volatile long finalized = -1;
    private volatile long keepsLessUntil;
    private volatile long itselfUntil;
    private volatile @Nullable Seen seen;

    private record Seen(long head, long at) {}

    /// A method that it said not to offer.
    private record Lack(long at, long until) {}

    public NodeTraffic(NodeId id, long now) {
        this.id = id;
        this.ejection = new AtomicReference<>(new EjectionState.In(0, now));
        this.busySince = now;
        this.spokeAt = now;
        this.measuredAt = now;
        this.sparedUntil = now;
        this.keepsLessUntil = now;
        this.itselfUntil = now;
        for (Service service : Service.values())
            failureWindows.put(service, new AtomicReference<>(FailureWindow.CLEAN));
    }

    public NodeId id() {
        return id;
    }

    public NodeQueue places() {
        return places;
    }

    public int inFlight() {
        return places.taken();
    }

    /// Nanoseconds that the next quick call will take, as far as can be told: never less than the present silence of a
    /// node that has calls in flight. 0 when nothing is known.
    public double latency(long now) {
        double average = PeakEwma.read(latency, now - measuredAt);
        return quick.get() == 0 ? average : Math.max(average, (double) silence(now));
    }

    /// Has quick calls in flight and has answered none of them for a second.
    public boolean stuck(long now) {
        return quick.get() > 0 && silence(now) > SILENCE_NANOS;
    }

    /// The highest block seen in its own replies lately; -1 for none.
    public long head(long now) {
        Seen last = seen;
        return last == null || now - last.at > HEAD_KEPT_NANOS ? -1 : last.head;
    }

    /// The highest block that it showed as safe or final; -1 for none.
    public long head(BlockRef.Tag tag) {
        return tag == BlockRef.Tag.SAFE ? safe : finalized;
    }

    public EjectionState ejection() {
        return Objects.requireNonNull(ejection.get());
    }

    /// Asked to be left alone, and that time is not over.
    public boolean spared(long now) {
        return sparedUntil - now > 0;
    }

    /// Nanoseconds that it asked to be left alone from now on; 0 for none.
    public long sparedFor(long now) {
        return Math.max(0, sparedUntil - now);
    }

    /// Was found lately to lack old transactions or blocks that another node has.
    public boolean keepsLess(long now) {
        return keepsLessUntil - now > 0;
    }

    /// The node lacks something old that another node has.
    public void foundToKeepLess(long now) {
        keepsLessUntil = now + KEEPS_LESS_NANOS;
    }

    /// Turned out lately to be this gateway itself, or one that asks it.
    public boolean isItself(long now) {
        return itselfUntil - now > 0;
    }

    void ledBack(long now) {
        itselfUntil = now + LED_BACK_NANOS;
    }

    /// Failed many calls of this kind lately that other nodes answered.
    public boolean fails(Service service, long now) {
        return Objects.requireNonNull(failureWindow(service).get()).isSpared(now);
    }

    /// Said lately that it does not offer the method.
    public boolean lacks(String method, long now) {
        if (lacking.isEmpty()) return false;
        Lack said = lacking.get(method);
        return said != null && said.until - now > 0;
    }

    /// Nanoseconds since it said so.
    public long lackedFor(String method, long now) {
        Lack said = lacking.get(method);
        return said == null ? 0 : Math.max(0, now - said.at);
    }

    /// Nanoseconds until it counts as offering the method again; 0 when it does.
    public long lacksStill(String method, long now) {
        Lack said = lacking.get(method);
        return said == null ? 0 : Math.max(0, said.until - now);
    }

    public void quickBegan(long now) {
        if (quick.getAndIncrement() == 0) busySince = now;
    }

    public void quickEnded() {
        quick.decrementAndGet();
    }

    /// The node said something, whatever it was.
    public void spoke(long now) {
        spokeAt = now;
    }

    public boolean spokeSince(long then) {
        return spokeAt - then > 0;
    }

    public void took(long nanos, long now) {
        latency = PeakEwma.next(latency, now - measuredAt, (double) nanos);
        measuredAt = now;
    }

    public void showed(long head, long now) {
        Seen last = seen;
        if (last == null || head > last.head || now - last.at > HEAD_KEPT_NANOS) seen = new Seen(head, now);
    }

    public void showed(BlockRef.Tag tag, long block) {
        switch (tag) {
            case SAFE -> safe = block;
            case FINALIZED -> finalized = block;
            case LATEST, PENDING, EARLIEST -> {}
        }
    }

    public void spare(long nanos, long now) {
        if (now + nanos - sparedUntil > 0) sparedUntil = now + nanos;
    }

    public void lacking(String method, long nanos, long now) {
        if (lacking.size() >= MOST_LACKING) lacking.clear();
        lacking.put(method, new Lack(now, now + nanos));
    }

    public void offers(String method) {
        if (!lacking.isEmpty()) lacking.remove(method);
    }

    /// @param weight of the failure; 1 is usual
    /// @return whether it is spared such calls because of this very failure
    public boolean wentBad(Service service, int weight, long now, Duration eject, Duration atMost) {
        return changeFailures(service, failures -> failures.bad(weight, now, eject, atMost));
    }

    public FailureWindow failures(Service service) {
        return Objects.requireNonNull(failureWindow(service).get());
    }

    /// A call of this kind has waited for long.
    public void hangs(Service service) {
        failureWindow(service).updateAndGet(FailureWindow::hangs);
    }

    /// @return whether this very call had the node spared
    boolean spareIfHanging(Service service, long now, Duration eject, Duration atMost) {
        return changeFailures(
                service,
                failures -> failures.isHanging() && !failures.isSpared(now)
                        ? failures.foundHanging(now, eject, atMost)
                        : failures);
    }

    /// A call of this kind ran out of time, or was left hanging, and another node answered it quickly.
    ///
    /// @return whether it is spared such calls because of this very call
    boolean lost(Service service, long now, Duration eject, Duration atMost) {
        return changeFailures(
                service, failures -> failures.isSpared(now) ? failures : failures.foundHanging(now, eject, atMost));
    }

    /// The client of a call that hangs went away.
    public void givenUp(Service service) {
        failureWindow(service).updateAndGet(FailureWindow::givenUp);
    }

    public void watch(Service service, boolean on) {
        failureWindow(service).updateAndGet(on ? FailureWindow::watched : FailureWindow::unwatched);
    }

    public void wentWell(Service service) {
        AtomicReference<FailureWindow> window = failureWindow(service);
        if (!FailureWindow.CLEAN.equals(window.get())) window.updateAndGet(NodeTraffic::better);
    }

    void forget(Service service) {
        failureWindow(service).set(FailureWindow.CLEAN);
    }

    /// @return whether the node is spared such calls because of this very change
    private boolean changeFailures(Service service, UnaryOperator<FailureWindow> transition) {
        AtomicReference<FailureWindow> window = failureWindow(service);
        while (true) {
            FailureWindow before = Objects.requireNonNull(window.get());
            FailureWindow after = transition.apply(before);
            if (window.compareAndSet(before, after)) return after.level() > before.level();
        }
    }

    private AtomicReference<FailureWindow> failureWindow(Service service) {
        return Objects.requireNonNull(failureWindows.get(service));
    }

    private static FailureWindow better(FailureWindow failures) {
        FailureWindow next = failures.good();
        return next.equals(FailureWindow.CLEAN) ? FailureWindow.CLEAN : next;
    }

    /// @return the state before, when this changed it, else null
    @Nullable
    public EjectionState changeEjection(UnaryOperator<EjectionState> transition) {
        while (true) {
            EjectionState before = ejection();
            EjectionState after = transition.apply(before);
            if (after.equals(before)) return null;
            if (ejection.compareAndSet(before, after)) return before;
        }
    }

    /// How long there has been no answer although there was something to answer.
    private long silence(long now) {
        return Math.max(0, Math.min(now - busySince, now - spokeAt));
    }
}
