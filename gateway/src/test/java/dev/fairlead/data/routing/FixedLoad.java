package dev.fairlead.data.routing;

import dev.fairlead.core.eth.Service;
import dev.fairlead.data.load.EjectionState;
import dev.fairlead.data.load.NodeTraffic;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a gateway may know of a node, as a value.
record FixedLoad(
        int inFlight,
        double millis,
        boolean isStuck,
        long head,
        EjectionState state,
        boolean isSpared,
        @Nullable String lacking,
        @Nullable Service failing) {
    static final FixedLoad IDLE = new FixedLoad(0, 1, false, -1, new EjectionState.In(0, 0), false, null, null);

    private static final Duration WHILE = Duration.ofSeconds(10);

    FixedLoad with(int calls) {
        return new FixedLoad(calls, millis, isStuck, head, state, isSpared, lacking, failing);
    }

    FixedLoad taking(double some) {
        return new FixedLoad(inFlight, some, isStuck, head, state, isSpared, lacking, failing);
    }

    FixedLoad stuck() {
        return new FixedLoad(inFlight, millis, true, head, state, isSpared, lacking, failing);
    }

    FixedLoad at(long block) {
        return new FixedLoad(inFlight, millis, isStuck, block, state, isSpared, lacking, failing);
    }

    FixedLoad ejection(EjectionState other) {
        return new FixedLoad(inFlight, millis, isStuck, head, other, isSpared, lacking, failing);
    }

    FixedLoad spared() {
        return new FixedLoad(inFlight, millis, isStuck, head, state, true, lacking, failing);
    }

    FixedLoad failing(Service service) {
        return new FixedLoad(inFlight, millis, isStuck, head, state, isSpared, lacking, service);
    }

    FixedLoad lacking(String method) {
        return new FixedLoad(inFlight, millis, isStuck, head, state, isSpared, method, failing);
    }

    /// Brings a node's traffic to it, as calls would.
    NodeTraffic on(NodeTraffic node, long now) {
        for (int call = 0; call < inFlight; call++) node.places().enter(Integer.MAX_VALUE, false);
        node.took((long) (millis * 1e6), now);
        if (isStuck) {
            node.spoke(now - WHILE.toNanos());
            node.quickBegan(now - WHILE.toNanos());
        }
        if (head >= 0) node.showed(head, now);
        node.changeEjection(_ -> state);
        if (isSpared) node.spare(WHILE.toNanos(), now);
        if (lacking != null) node.lacking(lacking, WHILE.toNanos(), now);
        for (int call = 0; failing != null && !node.fails(failing, now); call++) {
            if (call == 100) throw new IllegalStateException("a hundred failures, and it does not fail");
            node.wentBad(failing, 1, now, WHILE, WHILE);
        }
        return node;
    }
}
