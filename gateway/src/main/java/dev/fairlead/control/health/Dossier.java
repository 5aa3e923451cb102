package dev.fairlead.control.health;

import dev.fairlead.control.health.Sample.Seen;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Verdict;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is remembered about one node between two judgements. Immutable: everything that is heard of the node makes
/// the next one.
///
/// @param seen the last answer, kept while the node is silent, or null before the first
/// @param head the newest block that it showed, with when we first saw it there
/// @param silence null while it answers
/// @param descent the newest proof or disproof of a claim to be far ahead, or null
/// @param checked the last height that it was asked for, or -1
/// @param parting what is remembered of its being on another branch than the reference, or null
/// @param doubted whether its head was objected to the last time it could be measured
/// @param since when the shown verdict's word last changed
/// @param sampled whether a sample came since the last judgement
/// @param arrival whether it may serve already, as far as its branch goes
record Dossier(
        Node node,
        @Nullable Seen seen,
        @Nullable Head head,
        @Nullable Silence silence,
        Trail trail,
        @Nullable Descent descent,
        long checked,
        @Nullable Parting parting,
        boolean doubted,
        Steadiness steadiness,
        Since since,
        boolean sampled,
        Arrival arrival) {
    /// @param samples how many in a row
    /// @param itself given when it is no node at all: its URL leads to this gateway
    record Silence(String cause, Instant since, int samples, Verdict.@Nullable WrongChain itself) {}

    static Dossier of(Node node, Instant now) {
        return of(node, now, null);
    }

    /// @param past how the node was before the start, where that is known
    static Dossier of(Node node, Instant now, @Nullable Past past) {
        var unknown = Steadiness.at(new Verdict.Unknown("not probed yet"));
        return new Dossier(
                node,
                null,
                null,
                null,
                Trail.EMPTY,
                null,
                -1,
                null,
                false,
                unknown,
                new Since(now, past),
                false,
                new Arrival.Awaited());
    }

    NodeId id() {
        return node.id();
    }

    Verdict shown() {
        return steadiness.shown();
    }

    boolean probed() {
        return seen != null || silence != null;
    }

    /// Whether what it last showed still counts: a single lost packet does not take a node's voice.
    boolean answers(int fall) {
        return seen != null && (silence == null || silence.samples() < fall);
    }

    /// History survives every change of the declaration but another address.
    Dossier declared(Node changed, Instant now) {
        if (!changed.endpoint().equals(node.endpoint())) return of(changed, now);
        return changed.equals(node) ? this : with(changed);
    }

    private Dossier with(Node changed) {
        return new Dossier(
                changed,
                seen,
                head,
                silence,
                trail,
                descent,
                checked,
                parting,
                doubted,
                steadiness,
                since,
                sampled,
                arrival);
    }

    Dossier told(Sample sample) {
        return switch (sample) {
            case Sample.Unasked _ -> this;
            case Sample.Silent(var cause, var at) -> silent(cause, at, null);
            case Sample.Itself(var listener, var at) ->
                silent("the gateway itself", at, Verdict.WrongChain.itself(listener));
            case Seen answer -> moved(answer.block(), answer.at()).answered(answer);
        };
    }

    private Dossier silent(String cause, Instant at, Verdict.@Nullable WrongChain itself) {
        var next = silence == null
                ? new Silence(cause, seen == null ? since.silent(at) : at, 1, itself)
                : new Silence(cause, silence.since(), silence.samples() + 1, itself);
        return new Dossier(
                node, seen, head, next, trail, descent, checked, parting, doubted, steadiness, since, true, arrival);
    }

    private Dossier answered(Seen answer) {
        return new Dossier(
                node, answer, head, null, trail, descent, checked, parting, doubted, steadiness, since, true, arrival);
    }

    /// Whether the pushed block is the child of the head that the node showed itself.
    boolean continuedBy(Block block) {
        return head != null && block.follows(head.number(), head.hash());
    }

    /// A head that the node pushed between two probes. It is evidence, but no sample: a node that can only push does
    /// not serve.
    Dossier pushed(Block block, Instant at) {
        return seen == null ? this : moved(block, at);
    }

    /// What a node proved still counts when it moves on by no more than a leap between two looks.
    private Dossier moved(Block block, Instant at) {
        if (head != null && block.same(head)) return this;
        Trail next = trail.saw(block, at);
        boolean onward = head != null && block.number() > head.number() && block.number() - head.number() <= Block.LEAP;
        return new Dossier(
                node,
                seen,
                block.seen(at),
                silence,
                next,
                onward ? descent : null,
                next.since().equals(trail.since()) ? checked : -1,
                parting,
                doubted,
                steadiness,
                since,
                sampled,
                arrival);
    }

    Dossier hinted(Hints hints) {
        if (seen == null) return this;
        return new Dossier(
                node,
                seen.with(hints),
                head,
                silence,
                trail,
                descent,
                checked,
                parting,
                doubted,
                steadiness,
                since,
                sampled,
                arrival);
    }

    Dossier found(Finding finding, Instant at) {
        Descent next = finding.descent() == null || isOutdated(finding) ? descent : finding.descent();
        long height = switch (finding.check()) {
            case Check.At(var asked) -> asked;
            case Check.Onward _ -> checked;
        };
        return new Dossier(
                node,
                seen,
                head,
                silence,
                trail.shown(finding.blocks(), at),
                next,
                height,
                parting,
                doubted,
                steadiness,
                since,
                sampled,
                arrival);
    }

    /// Whether it proves a claim that the node does not make: its head is older or newer than the one that was proven.
    private boolean isOutdated(Finding finding) {
        if (!(finding.check() instanceof Check.Onward onward) || !(finding.descent() instanceof Descent.Proven)) {
            return false;
        }
        return head == null || head.number() < onward.head() || head.number() - onward.head() > Block.LEAP;
    }

    /// @param apart what is to be remembered of its being on another branch, or null
    /// @param first whether the first look at the chain is still under way
    Dossier judged(
            Steadiness next, Arrival come, @Nullable Parting apart, boolean objected, boolean first, Instant now) {
        Since changed = since.next(shown(), next.shown(), first, now);
        boolean forked = apart != null && apart.known();
        // One that was away may come back on another branch.
        boolean leaves = come instanceof Arrival.Awaited && !(arrival instanceof Arrival.Awaited);
        boolean turns = forked != isForked();
        // What it was asked for before does not speak for a node that left, or changed branches.
        Trail kept = leaves || turns ? trail.upTo(apart != null && forked && !leaves ? apart.height() : -1) : trail;
        long asked = leaves || (turns && !forked) ? -1 : checked;
        return new Dossier(
                node, seen, head, silence, kept, descent, asked, apart, objected, next, changed, false, come);
    }

    /// Whether it is known to be on another branch than the main one.
    boolean isForked() {
        return parting != null && parting.known();
    }

    /// @param lag of the newest block that it showed, or null
    /// @param pendingBehind by how many blocks its pending block is behind its newest, or 0 while that is tolerated
    NodeState state(@Nullable Lag lag, long pendingBehind) {
        double latency = seen == null ? -1 : seen.latency().toNanos() / 1e6;
        Hints hints = seen == null ? Hints.NONE : seen.hints();
        return new NodeState(
                node, shown(), head, since.at(), hints.client(), hints.peers(), latency, lag, pendingBehind);
    }

    /// Whether the new state of affairs should be looked at now, or may wait a moment.
    boolean urgentAfter(Dossier before) {
        return late()
                || !Objects.equals(head, before.head)
                || (silence == null) != (before.silence == null)
                || silence != null
                || !trail.equals(before.trail)
                || !Objects.equals(descent, before.descent)
                || checked != before.checked
                || shownBehind();
    }

    /// Whether its verdict is in doubt, or bad already.
    boolean late() {
        return !shown().ready() || steadiness.against() > 0;
    }

    /// Whether a sample that shows nothing new is one more that says the node has not caught up.
    private boolean shownBehind() {
        return shown() instanceof Verdict.Ready(var _, var lag) && lag.blocks() > 0;
    }
}
