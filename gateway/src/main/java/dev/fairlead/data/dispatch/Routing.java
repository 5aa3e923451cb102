package dev.fairlead.data.dispatch;

import java.util.List;

/// The router's word on one call.
sealed interface Routing {
    /// The rank that the group as a whole is down to, whatever this one call needs.
    Tier mode();

    /// @param steps the nodes to ask, best first; never empty
    record Plan(List<Step> steps, Tier mode) implements Routing {}

    /// Nobody may be asked. Why each node is skipped is told by [Router#place], on demand.
    record NoNode(Seats seats) implements Routing {
        @Override
        public Tier mode() {
            return Tier.PANIC;
        }
    }
}
