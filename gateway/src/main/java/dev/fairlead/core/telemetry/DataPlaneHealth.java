package dev.fairlead.core.telemetry;

import dev.fairlead.core.eth.Service;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.jwt.TokenFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is amiss in the data plane right now: which nodes are ejected, which chains use their last resort,
/// whether the event loops work.
public final class DataPlaneHealth implements Events {
    private final ConcurrentHashMap<NodeId, String> ejected = new ConcurrentHashMap<>();
    private final Set<String> lastResort = ConcurrentHashMap.newKeySet();
    private final Set<ChainGroup> panic = ConcurrentHashMap.newKeySet();

    private final AtomicLong faults = new AtomicLong();
    private volatile @Nullable String fault;

    private record ChainGroup(String chain, String group) {}

    /// Why the gateway spares the node, if it does.
    public Optional<String> ejected(NodeId node) {
        return Optional.ofNullable(ejected.get(node));
    }

    /// Why the process cannot do its work and should be started again, if that is so.
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /// How many faults of its own the gateway has met.
    public long faults() {
        return faults.get();
    }

    @Override
    public void fault(Part part, String doing, Throwable fault) {
        faults.incrementAndGet();
    }

    public boolean lastResort(String chain) {
        return lastResort.contains(chain);
    }

    /// The groups of the chain in which no node is fit to serve.
    public List<String> panic(String chain) {
        return panic.stream()
                .filter(group -> group.chain().equals(chain))
                .map(ChainGroup::group)
                .sorted()
                .toList();
    }

    @Override
    public void eventLoops(@Nullable String found, String detail) {
        fault = found;
    }

    @Override
    public void ejected(NodeId node, String cause, Duration until) {
        ejected.put(node, cause);
    }

    @Override
    public void readmitted(NodeId node) {
        ejected.remove(node);
    }

    @Override
    public void lastResort(String chain, boolean active) {
        if (active) {
            lastResort.add(chain);
        } else {
            lastResort.remove(chain);
        }
    }

    @Override
    public void plansSpent(String chain, String group, boolean active) {}

    @Override
    public void panic(String chain, String group, boolean active) {
        if (active) {
            panic.add(new ChainGroup(chain, group));
        } else {
            panic.remove(new ChainGroup(chain, group));
        }
    }

    @Override
    public void callEnded(CallEnded call) {}

    @Override
    public void attemptEnded(AttemptEnded attempt) {}

    @Override
    public void httpAnswered(int status) {}

    @Override
    public void connections(int change) {}

    @Override
    public void turnedAway(TurnedAway why, String detail) {}

    @Override
    public void batch(int size) {}

    @Override
    public void tokenRefused(TokenFault why, String client, Supplier<String> whose) {}

    @Override
    public void tokenKeys(String tenants, String url, boolean isFault, String what) {}

    @Override
    public void limited(String limit, String tenant) {}

    @Override
    public void spending(String chain, @Nullable String node, int percent, long daily) {}

    @Override
    public void closed(String chain, String tenant, String method, String because) {}

    @Override
    public void transactionRefused(String chain, String rule) {}

    @Override
    public void webhookAnswered(String outcome, long nanos) {}

    @Override
    public void unchecked(Unchecked submission) {}

    @Override
    public void quota(String tenant, int percent, long quota) {}

    @Override
    public void redis(boolean isReached, String reason) {}

    @Override
    public void spared(NodeId node, Service service, String cause) {}

    @Override
    public void verdict(NodeId node, Verdict before, Verdict after) {}

    @Override
    public void pending(NodeId node, long behind) {}

    @Override
    public void reference(String chain, Reference before, Reference after) {}

    @Override
    public void sharedId(String chain, long id, String others) {}

    @Override
    public void stalled(String chain, @Nullable Instant since) {}

    @Override
    public void order(String who, String what) {}
}
