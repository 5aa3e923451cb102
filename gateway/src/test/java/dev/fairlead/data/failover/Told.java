package dev.fairlead.data.failover;

import dev.fairlead.core.eth.Service;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.telemetry.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Events, written down as lines.
public final class Told implements Events {
    public final List<String> lines = new ArrayList<>();
    final List<AttemptEnded> attempts = new ArrayList<>();

    @Override
    public void callEnded(CallEnded call) {}

    @Override
    public void attemptEnded(AttemptEnded attempt) {
        attempts.add(attempt);
    }

    @Override
    public void httpAnswered(int status) {}

    @Override
    public void connections(int change) {}

    @Override
    public void batch(int size) {}

    @Override
    public void ejected(NodeId node, String cause, Duration until) {
        lines.add("ejected " + node.name() + " for " + until.toMillis() + " ms");
    }

    @Override
    public void spared(NodeId node, Service service, String cause) {
        lines.add("spared " + node.name() + " for " + service.word());
    }

    @Override
    public void readmitted(NodeId node) {
        lines.add("readmitted " + node.name());
    }

    @Override
    public void panic(String chain, String group, boolean active) {
        lines.add("panic " + active);
    }

    @Override
    public void lastResort(String chain, boolean active) {
        lines.add("last resort " + active);
    }

    @Override
    public void verdict(NodeId node, Verdict before, Verdict after) {}

    @Override
    public void reference(String chain, Reference before, Reference after) {}

    @Override
    public void stalled(String chain, @Nullable Instant since) {}

    @Override
    public void order(String who, String what) {}
}
