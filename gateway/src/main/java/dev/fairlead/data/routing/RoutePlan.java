package dev.fairlead.data.routing;

import dev.fairlead.data.load.Tier;
import java.util.List;

/// The router's word on one call.
public sealed interface RoutePlan {
    /// Nodes that are known to lack its method which a call is put to in any case.
    int FEW_LACKING = 2;

    /// The rank that the group as a whole is down to, whatever this one call needs.
    Tier mode();

    /// @param steps the nodes to ask, best first; never empty
    record Plan(List<PlannedNode> steps, Tier mode) implements RoutePlan {}

    /// Nobody may be asked. Why each node is skipped is told by [Router#eligibility], on demand.
    record NoNode(GroupRoutes group) implements RoutePlan {
        @Override
        public Tier mode() {
            return Tier.PANIC;
        }
    }
}
