package dev.fairlead.control.judge;

import dev.fairlead.control.probe.FollowUpAnswer;
import dev.fairlead.control.probe.Sample;
import dev.fairlead.control.probe.Sample.Seen;
import dev.fairlead.control.probe.SeenBlock;
import dev.fairlead.control.probe.SelfReport;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is remembered about one node between two judgements. Immutable: everything that is heard of the node makes
/// the next one.
///
public record NodeEvidence(Node node, Heard heard, Position position, Concluded concluded) {
    /// @param seen the last answer, kept while the node is silent, or null before the first
    /// @param silence null while it answers
    /// @param sampled whether a sample came since the last judgement
    record Heard(@Nullable Seen seen, @Nullable Silence silence, boolean sampled) {}

    /// @param samples how many in a row
    /// @param known why it says nothing, where that is known: its URL leads to this gateway, or its plan is used up
    public record Silence(
            String cause,
            Instant since,
            int samples,
            @Nullable Verdict known) {
        boolean isOfSpentPlan() {
            return known != null && known.spent();
        }
    }

    /// @param forkMemory what is remembered of its being on another branch than the reference, or null
    /// @param doubted whether its head was objected to the last time it could be measured
    /// @param since when the shown verdict's word last changed
    /// @param arrival whether it may serve already, as far as its branch goes
    record Concluded(
            @Nullable ForkMemory forkMemory, boolean doubted, Steadiness steadiness, Since since, Arrival arrival) {}

    public static NodeEvidence of(Node node, Instant now) {
        return of(node, now, null);
    }

    /// @param lastKnown how the node was before the start, where that is known
    public static NodeEvidence of(Node node, Instant now, @Nullable LastKnown lastKnown) {
        var unknown = Steadiness.at(new Verdict.Unknown("not probed yet"));
        var nothing = new Concluded(null, false, unknown, new Since(now, lastKnown), new Arrival.Awaited());
        return new NodeEvidence(node, new Heard(null, null, false), Position.UNKNOWN, nothing);
    }

    @Nullable
    Seen seen() {
        return heard.seen();
    }

    @Nullable
    public Silence silence() {
        return heard.silence();
    }

    boolean sampled() {
        return heard.sampled();
    }

    @Nullable
    public Head head() {
        return position.head();
    }

    KnownHashes hashes() {
        return position.hashes();
    }

    @Nullable
    ForkMemory forkMemory() {
        return concluded.forkMemory();
    }

    boolean doubted() {
        return concluded.doubted();
    }

    Steadiness steadiness() {
        return concluded.steadiness();
    }

    Arrival arrival() {
        return concluded.arrival();
    }

    public NodeId id() {
        return node.id();
    }

    public Verdict shown() {
        return steadiness().shown();
    }

    boolean probed() {
        return seen() != null || silence() != null;
    }

    /// Whether what it last showed still counts: a single lost packet does not take a node's voice, but one that is no
    /// longer asked falls behind with every block.
    boolean answers(int fall) {
        Silence silence = silence();
        return seen() != null && (silence == null || (silence.samples() < fall && !silence.isOfSpentPlan()));
    }

    /// Whether it is not asked, because its plan is used up.
    boolean isSpent() {
        Silence silence = silence();
        return silence != null && silence.isOfSpentPlan();
    }

    /// History survives every change of the declaration but another address.
    public NodeEvidence declared(Node changed, Instant now) {
        if (!changed.endpoint().equals(node.endpoint())) return of(changed, now);
        return changed.equals(node) ? this : new NodeEvidence(changed, heard, position, concluded);
    }

    public NodeEvidence told(Sample sample) {
        return switch (sample) {
            case Sample.Unasked _ -> this;
            case Sample.Silent(var cause, var at) -> silent(cause, at, null);
            case Sample.Spent(var cause, var at) -> silent(cause, at, new Verdict.Spent(cause));
            case Sample.Itself(var listener, var at) ->
                silent("the gateway itself", at, Verdict.WrongChain.itself(listener));
            case Seen answer ->
                new NodeEvidence(
                        node, new Heard(answer, null, true), position.saw(answer.block(), answer.at()), concluded);
        };
    }

    private NodeEvidence silent(String cause, Instant at, @Nullable Verdict known) {
        Silence before = silence();
        var next = before == null
                ? new Silence(cause, seen() == null ? concluded.since().silent(at) : at, 1, known)
                : new Silence(cause, before.since(), before.samples() + 1, known);
        return new NodeEvidence(node, new Heard(seen(), next, true), position, concluded);
    }

    /// Whether the pushed block is the child of the head that the node showed itself.
    public boolean continuedBy(SeenBlock block) {
        Head head = head();
        return head != null && block.follows(head.number(), head.hash());
    }

    /// A head that the node pushed between two probes. It is evidence, but no sample: a node that can only push does
    /// not serve.
    public NodeEvidence pushed(SeenBlock block, Instant at) {
        return seen() == null ? this : new NodeEvidence(node, heard, position.saw(block, at), concluded);
    }

    public NodeEvidence hinted(SelfReport selfReport) {
        Seen seen = seen();
        if (seen == null) return this;
        return new NodeEvidence(node, new Heard(seen.with(selfReport), silence(), sampled()), position, concluded);
    }

    public NodeEvidence found(FollowUpAnswer followUpAnswer, Instant at) {
        return new NodeEvidence(node, heard, position.found(followUpAnswer, at), concluded);
    }

    /// @param forkMemory what is to be remembered of its being on another branch, or null
    /// @param first whether the first look at the chain is still under way
    NodeEvidence judged(
            Steadiness next,
            Arrival come,
            @Nullable ForkMemory forkMemory,
            boolean objected,
            boolean first,
            Instant now) {
        Since changed = concluded.since().next(shown(), next.shown(), first, now);
        boolean forked = forkMemory != null && forkMemory.known();
        // One that was away may come back on another branch.
        boolean leaves = come instanceof Arrival.Awaited && !(arrival() instanceof Arrival.Awaited);
        boolean turns = forked != isForked();
        // What it was asked for before does not speak for a node that left, or changed branches.
        KnownHashes hashes = hashes();
        KnownHashes kept = leaves || turns
                ? hashes.upTo(forkMemory != null && forked && !leaves ? forkMemory.height() : -1)
                : hashes;
        long asked = leaves || (turns && !forked) ? -1 : position.checked();
        return new NodeEvidence(
                node,
                new Heard(seen(), silence(), false),
                (leaves ? position.left() : position).judged(kept, asked),
                new Concluded(forkMemory, objected, next, changed, come));
    }

    /// Whether it is known to be on another branch than the main one.
    boolean isForked() {
        ForkMemory forkMemory = forkMemory();
        return forkMemory != null && forkMemory.known();
    }

    /// @param lag of the newest block that it showed, or null
    /// @param pendingBehind by how many blocks its pending block is behind its newest, or 0 while that is tolerated
    NodeState state(@Nullable Lag lag, long pendingBehind) {
        Seen seen = seen();
        double latency = seen == null ? -1 : seen.latency().toNanos() / 1e6;
        SelfReport selfReport = seen == null ? SelfReport.NONE : seen.selfReport();
        return new NodeState(
                node,
                shown(),
                head(),
                concluded.since().at(),
                selfReport.client(),
                selfReport.peers(),
                latency,
                lag,
                pendingBehind);
    }

    /// Whether the new state of affairs should be looked at now, or may wait a moment.
    public boolean urgentAfter(NodeEvidence before) {
        return late()
                || (silence() == null) != (before.silence() == null)
                || silence() != null
                || !position.equals(before.position)
                || shownBehind();
    }

    /// Whether its verdict is in doubt, or bad already.
    public boolean late() {
        return !shown().ready() || steadiness().against() > 0;
    }

    /// Whether a sample that shows nothing new is one more that says the node has not caught up.
    private boolean shownBehind() {
        Lag lag = shown().lag();
        return shown().ready() && lag != null && lag.blocks() > 0;
    }
}
