package dev.fairlead.data.dispatch;

import dev.fairlead.core.fleet.NodeId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// A node in a plan, and why it stands there.
record Step(Candidate candidate, Place place) {
    NodeId node() {
        return candidate.state().id();
    }

    Tier tier() {
        return place.isPanic() ? Tier.PANIC : candidate.tier();
    }

    /// Those first that took most of what was sent lately; nodes that are not fit to serve stay last.
    static List<Step> mostTakenFirst(List<Step> steps, Sends sends, long window, long now) {
        Comparator<NodeId> order = steps.size() < 2 ? null : sends.mostTakenFirst(window, now);
        if (order == null) return steps;
        var sorted = steps.toArray(Step[]::new);
        Arrays.sort(sorted, (one, other) -> {
            boolean apart = (one.tier() == Tier.PANIC) != (other.tier() == Tier.PANIC);
            return apart ? one.tier().compareTo(other.tier()) : order.compare(one.node(), other.node());
        });
        return List.of(sorted);
    }
}
