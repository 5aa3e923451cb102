package dev.fairlead.data.routing;

import dev.fairlead.data.load.Tier;
import java.util.List;

/// The router's decision on one call.
public sealed interface RoutePlan {
    /// So many nodes that are known to lack its method a call is put to in any case.
    int FEW_LACKING = 2;

    /// The best rank at which the group can serve now, whatever this one call needs.
    Tier mode();

    /// @param steps the nodes to ask, best first; never empty
    record Plan(List<PlannedNode> steps, Tier mode) implements RoutePlan {}

    /// No node may be asked. Why each node is skipped is told by [Router#eligibility], on demand.
    record NoNode(GroupRoutes group) implements RoutePlan {
        @Override
        public Tier mode() {
            for (Candidate candidate : group.eligible()) if (candidate.isSpent()) return Tier.SPENT;
            return Tier.PANIC;
        }
    }
}
