package dev.fairlead.control.operate;

import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.SpendingPlan;
import java.util.List;
import java.util.Map;

/// The result of reading an order about a node: a valid node, or every fault.
sealed interface NodeReading {
    record Sound(
            Endpoint endpoint,
            Node.Role role,
            boolean leader,
            Map<String, String> labels,
            int weight,
            int capacity,
            SpendingPlan plan)
            implements NodeReading {}

    record Faulty(List<String> faults) implements NodeReading {}
}
