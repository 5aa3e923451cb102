package dev.fairlead.control.health;

import dev.fairlead.control.health.Sample.Seen;
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
record Dossier(Node node, Heard heard, Position position, Concluded concluded) {
    /// @param seen the last answer, kept while the node is silent, or null before the first
    /// @param silence null while it answers
    /// @param sampled whether a sample came since the last judgement
    record Heard(@Nullable Seen seen, @Nullable Silence silence, boolean sampled) {}

    /// @param samples how many in a row
    /// @param itself given when it is no node at all: its URL leads to this gateway
    record Silence(String cause, Instant since, int samples, Verdict.@Nullable WrongChain itself) {}

    /// @param parting what is remembered of its being on another branch than the reference, or null
    /// @param doubted whether its head was objected to the last time it could be measured
    /// @param since when the shown verdict's word last changed
    /// @param arrival whether it may serve already, as far as its branch goes
    record Concluded(@Nullable Parting parting, boolean doubted, Steadiness steadiness, Since since, Arrival arrival) {}

    static Dossier of(Node node, Instant now) {
        return of(node, now, null);
    }

    /// @param past how the node was before the start, where that is known
    static Dossier of(Node node, Instant now, @Nullable Past past) {
        var unknown = Steadiness.at(new Verdict.Unknown("not probed yet"));
        var nothing = new Concluded(null, false, unknown, new Since(now, past), new Arrival.Awaited());
        return new Dossier(node, new Heard(null, null, false), Position.UNKNOWN, nothing);
    }

    @Nullable
    Seen seen() {
        return heard.seen();
    }

    @Nullable
    Silence silence() {
        return heard.silence();
    }

    boolean sampled() {
        return heard.sampled();
    }

    @Nullable
    Head head() {
        return position.head();
    }

    Trail trail() {
        return position.trail();
    }

    @Nullable
    Parting parting() {
        return concluded.parting();
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

    NodeId id() {
        return node.id();
    }

    Verdict shown() {
        return steadiness().shown();
    }

    boolean probed() {
        return seen() != null || silence() != null;
    }

    /// Whether what it last showed still counts: a single lost packet does not take a node's voice.
    boolean answers(int fall) {
        Silence silence = silence();
        return seen() != null && (silence == null || silence.samples() < fall);
    }

    /// History survives every change of the declaration but another address.
    Dossier declared(Node changed, Instant now) {
        if (!changed.endpoint().equals(node.endpoint())) return of(changed, now);
        return changed.equals(node) ? this : new Dossier(changed, heard, position, concluded);
    }

    Dossier told(Sample sample) {
        return switch (sample) {
            case Sample.Unasked _ -> this;
            case Sample.Silent(var cause, var at) -> silent(cause, at, null);
            case Sample.Itself(var listener, var at) ->
                silent("the gateway itself", at, Verdict.WrongChain.itself(listener));
            case Seen answer ->
                new Dossier(node, new Heard(answer, null, true), position.saw(answer.block(), answer.at()), concluded);
        };
    }

    private Dossier silent(String cause, Instant at, Verdict.@Nullable WrongChain itself) {
        Silence before = silence();
        var next = before == null
                ? new Silence(cause, seen() == null ? concluded.since().silent(at) : at, 1, itself)
                : new Silence(cause, before.since(), before.samples() + 1, itself);
        return new Dossier(node, new Heard(seen(), next, true), position, concluded);
    }

    /// Whether the pushed block is the child of the head that the node showed itself.
    boolean continuedBy(Block block) {
        Head head = head();
        return head != null && block.follows(head.number(), head.hash());
    }

    /// A head that the node pushed between two probes. It is evidence, but no sample: a node that can only push does
    /// not serve.
    Dossier pushed(Block block, Instant at) {
        return seen() == null ? this : new Dossier(node, heard, position.saw(block, at), concluded);
    }

    Dossier hinted(Hints hints) {
        Seen seen = seen();
        if (seen == null) return this;
        return new Dossier(node, new Heard(seen.with(hints), silence(), sampled()), position, concluded);
    }

    Dossier found(Finding finding, Instant at) {
        return new Dossier(node, heard, position.found(finding, at), concluded);
    }

    /// @param apart what is to be remembered of its being on another branch, or null
    /// @param first whether the first look at the chain is still under way
    Dossier judged(
            Steadiness next, Arrival come, @Nullable Parting apart, boolean objected, boolean first, Instant now) {
        Since changed = concluded.since().next(shown(), next.shown(), first, now);
        boolean forked = apart != null && apart.known();
        // One that was away may come back on another branch.
        boolean leaves = come instanceof Arrival.Awaited && !(arrival() instanceof Arrival.Awaited);
        boolean turns = forked != isForked();
        // What it was asked for before does not speak for a node that left, or changed branches.
        Trail trail = trail();
        Trail kept = leaves || turns ? trail.upTo(apart != null && forked && !leaves ? apart.height() : -1) : trail;
        long asked = leaves || (turns && !forked) ? -1 : position.checked();
        return new Dossier(
                node,
                new Heard(seen(), silence(), false),
                position.judged(kept, asked),
                new Concluded(apart, objected, next, changed, come));
    }

    /// Whether it is known to be on another branch than the main one.
    boolean isForked() {
        Parting parting = parting();
        return parting != null && parting.known();
    }

    /// @param lag of the newest block that it showed, or null
    /// @param pendingBehind by how many blocks its pending block is behind its newest, or 0 while that is tolerated
    NodeState state(@Nullable Lag lag, long pendingBehind) {
        Seen seen = seen();
        double latency = seen == null ? -1 : seen.latency().toNanos() / 1e6;
        Hints hints = seen == null ? Hints.NONE : seen.hints();
        return new NodeState(
                node,
                shown(),
                head(),
                concluded.since().at(),
                hints.client(),
                hints.peers(),
                latency,
                lag,
                pendingBehind);
    }

    /// Whether the new state of affairs should be looked at now, or may wait a moment.
    boolean urgentAfter(Dossier before) {
        return late()
                || (silence() == null) != (before.silence() == null)
                || silence() != null
                || !position.equals(before.position)
                || shownBehind();
    }

    /// Whether its verdict is in doubt, or bad already.
    boolean late() {
        return !shown().ready() || steadiness().against() > 0;
    }

    /// Whether a sample that shows nothing new is one more that says the node has not caught up.
    private boolean shownBehind() {
        return shown() instanceof Verdict.Ready(var _, var lag) && lag.blocks() > 0;
    }
}
