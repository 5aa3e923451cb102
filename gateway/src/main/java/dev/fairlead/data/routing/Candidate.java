package dev.fairlead.data.routing;

import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.data.load.NodeSpending;
import dev.fairlead.data.load.NodeTraffic;
import dev.fairlead.data.load.Tier;
import org.jspecify.annotations.Nullable;

/// A node of a group as the router sees it: what the Fleet says of it, joined with what this gateway knows.
///
/// @param usual its eligibility as far as verdict, order and role decide it
/// @param tier its rank by declaration
/// @param spending what it has been asked of its plan; null where it has none
public record Candidate(
        NodeState state,
        NodeTraffic load,
        Eligibility usual,
        Tier tier,
        @Nullable NodeSpending spending) {
    private static final double UNMEASURED = 1e6;
    private static final double QUICKEST = 1e5;

    static Candidate of(NodeState state, NodeTraffic load, Tier tier, @Nullable NodeSpending spending) {
        return new Candidate(state, load, usual(state, tier), tier, spending);
    }

    /// Whether its plan has nothing left today.
    public boolean isSpent() {
        return usual == Eligibility.SPENT || (spending != null && spending.isSpent());
    }

    public Node node() {
        return state.node();
    }

    /// Whether it serves now, or will once it is healthy again or an order is taken back.
    boolean mayServe() {
        return state.verdict().onItsChain();
    }

    /// The newest block that it is known to have; -1 for none.
    public long head(long now) {
        Head head = state.head();
        return Math.max(head == null ? -1 : head.number(), load.head(now));
    }

    /// Nanoseconds, never zero, so that calls in flight always weigh.
    double latency(long now) {
        double measured = load.latency(now);
        if (measured > 0) return Math.max(measured, QUICKEST);
        return state.latencyMillis() < 0 ? UNMEASURED : Math.max(state.latencyMillis() * 1e6, QUICKEST);
    }

    /// Blocks behind the reference, where the verdict says so.
    long lag() {
        Lag lag = state.verdict().lag();
        return lag == null ? Long.MAX_VALUE : lag.blocks();
    }

    private static Eligibility usual(NodeState state, Tier tier) {
        Eligibility byVerdict = switch (state.verdict()) {
            case Verdict.Ready _ -> serving(tier);
            case Verdict.Lagging _ -> Eligibility.LAGGING;
            case Verdict.Syncing _ -> Eligibility.SYNCING;
            case Verdict.Unknown _ -> Eligibility.UNJUDGED;
            case Verdict.Spent _ -> Eligibility.SPENT;
            case Verdict.Unreachable _ -> Eligibility.UNREACHABLE;
            case Verdict.Forked _ -> Eligibility.FORKED;
            case Verdict.WrongChain wrong -> wrong.isItself() ? Eligibility.ITSELF : Eligibility.WRONG_CHAIN;
        };
        return switch (state.node().mode()) {
            case SERVING -> byVerdict;
            case CORDONED -> Eligibility.CORDONED;
            case DRAINING -> Eligibility.DRAINING;
        };
    }

    private static Eligibility serving(Tier tier) {
        return switch (tier) {
            case OWN -> Eligibility.OWN;
            case RENTED -> Eligibility.RENTED;
            case LAST_RESORT -> Eligibility.LAST_RESORT;
            case PANIC, SPENT -> throw new IllegalArgumentException("expected a rank that can be declared: " + tier);
        };
    }
}
