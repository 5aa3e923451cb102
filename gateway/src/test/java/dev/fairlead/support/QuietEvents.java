package dev.fairlead.support;

import dev.fairlead.core.eth.Service;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.jwt.TokenFault;
import dev.fairlead.core.telemetry.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hears every event and does nothing about it; a test overrides what it wants to know.
public class QuietEvents implements Events {

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
    public void eventLoops(@Nullable String fault, String detail) {}

    @Override
    public void fault(Part part, String doing, Throwable fault) {}

    @Override
    public void batch(int size) {}

    @Override
    public void ejected(NodeId node, String cause, Duration until) {}

    @Override
    public void readmitted(NodeId node) {}

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
    public void plansSpent(String chain, String group, boolean active) {}

    @Override
    public void panic(String chain, String group, boolean active) {}

    @Override
    public void lastResort(String chain, boolean active) {}

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
