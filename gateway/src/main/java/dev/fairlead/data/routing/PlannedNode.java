package dev.fairlead.data.routing;

import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.data.load.Tier;
import dev.fairlead.data.shown.RecentSends;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// A node in a plan, and why it stands there.
public record PlannedNode(Candidate candidate, Eligibility eligibility) {
    public NodeId node() {
        return candidate.state().id();
    }

    public Tier tier() {
        return eligibility.isPanic() ? Tier.PANIC : candidate.tier();
    }

    /// The plan with those nodes first that took most of what was sent lately; nodes that are not fit to serve
    /// stay last.
    public static List<PlannedNode> mostTakenFirst(
            List<PlannedNode> steps, RecentSends recentSends, long window, long now) {
        Comparator<NodeId> order = steps.size() < 2 ? null : recentSends.mostTakenFirst(window, now);
        if (order == null) return steps;
        var sorted = steps.toArray(PlannedNode[]::new);
        Arrays.sort(sorted, (one, other) -> {
            boolean apart = (one.tier() == Tier.PANIC) != (other.tier() == Tier.PANIC);
            return apart ? one.tier().compareTo(other.tier()) : order.compare(one.node(), other.node());
        });
        return List.of(sorted);
    }
}
