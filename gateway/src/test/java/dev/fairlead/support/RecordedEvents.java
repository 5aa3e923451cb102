package dev.fairlead.support;

import dev.fairlead.core.eth.Service;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.jwt.TokenFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps what was told, for tests that look at it afterwards: calls and attempts as they are, the rest in words.
public final class RecordedEvents extends QuietEvents {
    public final List<CallEnded> calls = new CopyOnWriteArrayList<>();
    public final List<AttemptEnded> attempts = new CopyOnWriteArrayList<>();
    public final List<Integer> statuses = new CopyOnWriteArrayList<>();
    public final List<Integer> batches = new CopyOnWriteArrayList<>();
    public final List<TurnedAway> turnedAway = new CopyOnWriteArrayList<>();
    public final List<String> faults = new CopyOnWriteArrayList<>();
    public final List<String> orders = new CopyOnWriteArrayList<>();
    /// Nodes, groups and chains: what became of them.
    public final List<String> lines = new CopyOnWriteArrayList<>();
    public final AtomicInteger connections = new AtomicInteger();

    public final List<TokenFault> tokens = new CopyOnWriteArrayList<>();

    @Override
    public void tokenRefused(TokenFault why, String client, Supplier<String> whose) {
        tokens.add(why);
    }

    @Override
    public void closed(String chain, String tenant, String method, String because) {
        lines.add(chain + ": " + method + " was refused to " + tenant + ": " + because);
    }

    @Override
    public void tokenKeys(String tenants, String url, boolean isFault, String what) {
        lines.add("token keys of " + tenants + " from " + url + " " + what);
    }

    @Override
    public void callEnded(CallEnded call) {
        calls.add(call);
    }

    @Override
    public void attemptEnded(AttemptEnded attempt) {
        attempts.add(attempt);
    }

    @Override
    public void httpAnswered(int status) {
        statuses.add(status);
    }

    @Override
    public void batch(int size) {
        batches.add(size);
    }

    @Override
    public void connections(int change) {
        connections.addAndGet(change);
    }

    @Override
    public void turnedAway(TurnedAway why, String detail) {
        turnedAway.add(why);
    }

    @Override
    public void fault(Part part, String doing, Throwable fault) {
        faults.add(part.word() + ": " + fault);
    }

    @Override
    public void order(String who, String what) {
        orders.add(who + ": " + what);
    }

    @Override
    public void ejected(NodeId node, String cause, Duration until) {
        lines.add("ejected " + node.name() + " for " + until.toMillis() + " ms");
    }

    @Override
    public void spending(String chain, @Nullable String node, int percent, long daily) {
        lines.add("spending " + chain + "/" + node + " " + percent + " % of " + daily);
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
    public void plansSpent(String chain, String group, boolean active) {
        lines.add("plans spent " + active);
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
    public void verdict(NodeId node, Verdict before, Verdict after) {
        lines.add(node.name() + ": " + before.word() + " -> " + after.word());
    }

    @Override
    public void reference(String chain, Reference before, Reference after) {
        lines.add(kind(before) + " -> " + kind(after));
    }

    @Override
    public void sharedId(String chain, long id, String others) {
        lines.add(chain + " has the id " + id + " of " + others);
    }

    @Override
    public void stalled(String chain, @Nullable Instant since) {
        lines.add(since == null ? "moves" : "stalled");
    }

    private static String kind(Reference reference) {
        return switch (reference) {
            case Reference.Leader(var node, var _) -> "leader " + node.name();
            case Reference.Agreement _ -> "agreement";
            case Reference.None _ -> "none";
        };
    }
}
