package dev.fairlead.control.judge;

import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.telemetry.Events;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Keeps in words what the monitor told.
public final class RecordedEvents implements Events {
    private final List<String> told = new CopyOnWriteArrayList<>();

    public List<String> told() {
        return List.copyOf(told);
    }

    @Override
    public void verdict(NodeId node, Verdict before, Verdict after) {
        told.add(node.name() + ": " + before.word() + " -> " + after.word());
    }

    @Override
    public void reference(String chain, Reference before, Reference after) {
        told.add(kind(before) + " -> " + kind(after));
    }

    @Override
    public void fault(Part part, String doing, Throwable fault) {
        told.add("fault of " + part.word() + ": " + fault.getMessage());
    }

    @Override
    public void stalled(String chain, @Nullable Instant since) {
        told.add(since == null ? "moves" : "stalled");
    }

    private static String kind(Reference reference) {
        return switch (reference) {
            case Reference.Leader(var node, var _) -> "leader " + node.name();
            case Reference.Agreement _ -> "agreement";
            case Reference.None _ -> "none";
        };
    }
}
