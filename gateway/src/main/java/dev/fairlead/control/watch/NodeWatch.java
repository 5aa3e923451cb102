package dev.fairlead.control.watch;

import dev.fairlead.control.probe.FollowUp;
import dev.fairlead.control.probe.FollowUpAnswer;
import dev.fairlead.control.probe.Prober;
import dev.fairlead.control.probe.Sample;
import dev.fairlead.control.probe.SeenBlock;
import dev.fairlead.control.probe.SelfReport;
import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fault.Supervised;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.fleet.Chain.Probing;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Watches one node: probes it again and again, never twice at the same time, and sooner when a call or a feed
/// failed; asks it the questions that the comparison with other nodes raised. One virtual thread for as long
/// as it is open.
final class NodeWatch implements AutoCloseable {
    /// However many calls fail, a node is not probed more often than this.
    private static final Duration SHORTEST = Duration.ofMillis(100);
    /// A node that did not answer is asked again no later than this, when it is ready or no other one serves.
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

    private final NodeId id;
    private final Chain chain;
    private final Prober prober;
    private final HeadListener listener;
    private final WakeUp wakeUp;
    private final AtomicReference<@Nullable FollowUp> check = new AtomicReference<>();
    private final Faults faults;
    private final Supervised loop;
    private volatile Node node;
    private volatile Probing probing;
    private volatile boolean wanted;
    private volatile boolean suspected;
    private volatile boolean moved;
    private volatile boolean open = true;

    /// What a watch reports of its node, and asks about it.
    interface Chain {
        void pushed(NodeId id, SeenBlock block);

        void told(NodeId id, Sample sample);

        void hinted(NodeId id, SelfReport selfReport);

        boolean isLate(NodeId id);

        boolean doubts(NodeId id);

        boolean misses(NodeId id);

        void found(NodeId id, FollowUpAnswer followUpAnswer);
    }

    NodeWatch(
            Node node,
            Probing probing,
            Chain chain,
            Prober prober,
            HeadFeeds headFeeds,
            Metronome metronome,
            Supervisor supervisor) {
        this.id = node.id();
        this.node = node;
        this.probing = probing;
        this.chain = chain;
        this.prober = prober;
        this.wakeUp = new WakeUp(metronome);
        this.listener = new HeadListener(headFeeds, block -> chain.pushed(id, block), this::suspect, System::nanoTime);
        this.faults = supervisor.faults();
        this.loop = supervisor.loop(Part.NODE_WATCH, Thread.ofVirtual().name("watch of " + id), this::watch);
    }

    void start() {
        loop.start();
    }

    /// A call failed at this node, or its feed ended.
    void suspect() {
        suspected = true;
        look();
    }

    /// Probes as soon as the bound on the rate allows.
    void look() {
        wanted = true;
        wakeUp.ring();
    }

    void check(FollowUp asked) {
        check.set(asked);
        wakeUp.ring();
    }

    void declared(Node changed, Probing wish) {
        boolean elsewhere = !changed.endpoint().equals(node.endpoint());
        boolean paced = !wish.equals(probing);
        node = changed;
        probing = wish;
        if (elsewhere) moved = true;
        if (elsewhere || paced) look();
    }

    @Override
    public void close() {
        open = false;
        loop.stop();
        listener.close();
    }

    private void watch() throws InterruptedException {
        try {
            probeAgainAndAgain();
        } catch (RuntimeException | Error fault) {
            prober.forget();
            chain.told(id, failed(fault)); // nobody looks at it until this loop goes on
            throw fault;
        }
    }

    private void probeAgainAndAgain() throws InterruptedException {
        double share = ThreadLocalRandom.current().nextDouble(0.1, 1.0);
        while (open) {
            long began = System.nanoTime();
            wanted = false;
            Node asked = node;
            if (moved) settle();
            Sample sample = probe(asked);
            // An answer from an address that the node has left says nothing about the new one.
            if (open && !moved) {
                chain.told(id, sample);
                attend(asked, sample);
            }
            // The first probes are all at once; the next ones are spread over the interval, and keep their distance.
            if (open) pause(began, share);
            share = ThreadLocalRandom.current().nextDouble(0.9, 1.1);
        }
    }

    private void settle() {
        moved = false;
        prober.forget();
        listener.restart();
    }

    private Sample probe(Node asked) throws InterruptedException {
        try {
            return prober.probe(asked, probing.timeout());
        } catch (RuntimeException bug) {
            return failed(told(bug));
        }
    }

    private void attend(Node asked, Sample sample) throws InterruptedException {
        if (sample instanceof Sample.Spent) listener.restart(); // what it pushes may cost too
        if (!(sample instanceof Sample.Seen seen)) return;
        suspected = false;
        listen(asked, seen.block());
        answerCheck();
        guarded(() -> prober.pending(asked, probing.timeout()).ifPresent(selfReport -> chain.hinted(id, selfReport)));
        answerCheck();
        guarded(() -> prober.hints(asked, probing.timeout(), chain.isLate(id))
                .ifPresent(selfReport -> chain.hinted(id, selfReport)));
    }

    /// A fault of the feed is survived, because there are still probes.
    private void listen(Node asked, SeenBlock seen) {
        try {
            listener.listen(asked, seen);
        } catch (RuntimeException bug) {
            faults.fault(Part.NODE_WATCH, "no feed could be opened at " + id, bug);
        }
    }

    private void pause(long began, double share) throws InterruptedException {
        Duration usual = part(probing.interval(), share);
        while (open) {
            Duration left = shorter(usual, soonest()).minus(Duration.ofNanos(System.nanoTime() - began));
            if (!left.isPositive() || !wakeUp.await(left)) return;
            answerCheck();
        }
    }

    /// A node that was ready and does not answer is asked again soon, and very soon when calls failed there
    /// too, because in an outage every client waits for the first node that answers.
    private Duration soonest() {
        if (wanted) return SHORTEST;
        boolean doubted = chain.doubts(id);
        if (doubted && suspected) return SHORTEST;
        boolean soon = doubted || chain.misses(id);
        return soon
                ? shorter(part(probing.interval(), 0.25), SECOND_LOOK)
                : probing.interval().multipliedBy(2);
    }

    private static Duration part(Duration whole, double share) {
        return Duration.ofNanos((long) (whole.toNanos() * share));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void answerCheck() throws InterruptedException {
        FollowUp asked = check.getAndSet(null);
        if (asked != null && !moved) guarded(() -> chain.found(id, prober.check(node, asked, probing.timeout())));
    }

    private void guarded(Question question) throws InterruptedException {
        try {
            question.ask();
        } catch (RuntimeException bug) {
            chain.told(id, failed(told(bug)));
        }
    }

    /// A bug that one node's answer triggers costs that node, not the process.
    private Throwable told(RuntimeException bug) {
        faults.fault(Part.NODE_WATCH, "a probe of " + id + " failed", bug);
        return bug;
    }

    private Sample failed(Throwable fault) {
        return prober.silent("probe failed: " + fault);
    }

    private interface Question {
        void ask() throws InterruptedException;
    }
}
