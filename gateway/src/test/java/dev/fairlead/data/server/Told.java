package dev.fairlead.data.server;

import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.telemetry.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Remembers what the server told.
final class Told implements Events {
    final List<CallEnded> calls = new CopyOnWriteArrayList<>();
    final List<Integer> statuses = new CopyOnWriteArrayList<>();
    final List<Integer> batches = new CopyOnWriteArrayList<>();
    final List<String> faults = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();

    @Override
    public void callEnded(CallEnded call) {
        calls.add(call);
    }

    @Override
    public void httpAnswered(int status) {
        statuses.add(status);
    }

    @Override
    public void fault(Part part, String doing, Throwable fault) {
        faults.add(part.word() + ": " + fault);
    }

    @Override
    public void connections(int change) {
        connections.addAndGet(change);
    }

    @Override
    public void batch(int size) {
        batches.add(size);
    }

    @Override
    public void attemptEnded(AttemptEnded attempt) {}

    @Override
    public void ejected(NodeId node, String cause, Duration until) {}

    @Override
    public void readmitted(NodeId node) {}

    @Override
    public void panic(String chain, String group, boolean active) {}

    @Override
    public void lastResort(String chain, boolean active) {}

    @Override
    public void verdict(NodeId node, Verdict before, Verdict after) {}

    @Override
    public void reference(String chain, Reference before, Reference after) {}

    @Override
    public void stalled(String chain, @Nullable Instant since) {}

    @Override
    public void order(String who, String what) {}
}
