package dev.fairlead;

import dev.fairlead.control.admin.Usage;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.telemetry.Troubles;
import dev.fairlead.data.dispatch.Traffic;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What the data plane knows, for the admin API to show.
record NodeUsage(Troubles troubles, Traffic traffic) implements Usage {
    @Override
    public Optional<String> ejected(NodeId node) {
        return troubles.ejected(node);
    }

    @Override
    public OptionalInt inFlight(NodeId node) {
        return OptionalInt.of(traffic.inFlight(node));
    }

    @Override
    public boolean lastResort(String chain) {
        return troubles.lastResort(chain);
    }

    @Override
    public List<String> panic(String chain) {
        return troubles.panic(chain);
    }
}
