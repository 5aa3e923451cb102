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
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells every event to each of several listeners, in order.
public final class AllEvents implements Events {
    private final Events[] all;
    private final Consumer<CallEnded> ofCalls;

    public AllEvents(List<Events> all) {
        this(all, _ -> {});
    }

    /// @param ofCalls is told of ended calls alone, last
    public AllEvents(List<Events> all, Consumer<CallEnded> ofCalls) {
        this.ofCalls = ofCalls;
        this.all = all.toArray(Events[]::new);
    }

    @Override
    public void callEnded(CallEnded call) {
        for (Events events : all) events.callEnded(call);
        ofCalls.accept(call);
    }

    @Override
    public void attemptEnded(AttemptEnded attempt) {
        for (Events events : all) events.attemptEnded(attempt);
    }

    @Override
    public void httpAnswered(int status) {
        each(events -> events.httpAnswered(status));
    }

    @Override
    public void connections(int change) {
        each(events -> events.connections(change));
    }

    @Override
    public void turnedAway(TurnedAway why, String detail) {
        each(events -> events.turnedAway(why, detail));
    }

    @Override
    public void eventLoops(@Nullable String fault, String detail) {
        each(events -> events.eventLoops(fault, detail));
    }

    @Override
    public void fault(Part part, String doing, Throwable fault) {
        each(events -> events.fault(part, doing, fault));
    }

    @Override
    public void batch(int size) {
        each(events -> events.batch(size));
    }

    @Override
    public void ejected(NodeId node, String cause, Duration until) {
        each(events -> events.ejected(node, cause, until));
    }

    @Override
    public void tokenRefused(TokenFault why, String client, Supplier<String> whose) {
        each(events -> events.tokenRefused(why, client, whose));
    }

    @Override
    public void tokenKeys(String tenants, String url, boolean isFault, String what) {
        each(events -> events.tokenKeys(tenants, url, isFault, what));
    }

    @Override
    public void limited(String limit, String tenant) {
        each(events -> events.limited(limit, tenant));
    }

    @Override
    public void closed(String chain, String tenant, String method, String because) {
        each(events -> events.closed(chain, tenant, method, because));
    }

    @Override
    public void transactionRefused(String chain, String rule) {
        each(events -> events.transactionRefused(chain, rule));
    }

    @Override
    public void webhookAnswered(String outcome, long nanos) {
        each(events -> events.webhookAnswered(outcome, nanos));
    }

    @Override
    public void unchecked(Unchecked submission) {
        each(events -> events.unchecked(submission));
    }

    @Override
    public void quota(String tenant, int percent, long quota) {
        each(events -> events.quota(tenant, percent, quota));
    }

    @Override
    public void spending(String chain, @Nullable String node, int percent, long daily) {
        each(events -> events.spending(chain, node, percent, daily));
    }

    @Override
    public void redis(boolean isReached, String reason) {
        each(events -> events.redis(isReached, reason));
    }

    @Override
    public void spared(NodeId node, Service service, String cause) {
        each(events -> events.spared(node, service, cause));
    }

    @Override
    public void readmitted(NodeId node) {
        each(events -> events.readmitted(node));
    }

    @Override
    public void plansSpent(String chain, String group, boolean active) {
        each(events -> events.plansSpent(chain, group, active));
    }

    @Override
    public void panic(String chain, String group, boolean active) {
        each(events -> events.panic(chain, group, active));
    }

    @Override
    public void lastResort(String chain, boolean active) {
        each(events -> events.lastResort(chain, active));
    }

    @Override
    public void verdict(NodeId node, Verdict before, Verdict after) {
        each(events -> events.verdict(node, before, after));
    }

    @Override
    public void reference(String chain, Reference before, Reference after) {
        each(events -> events.reference(chain, before, after));
    }

    @Override
    public void pending(NodeId node, long behind) {
        each(events -> events.pending(node, behind));
    }

    @Override
    public void sharedId(String chain, long id, String others) {
        each(events -> events.sharedId(chain, id, others));
    }

    @Override
    public void stalled(String chain, @Nullable Instant since) {
        each(events -> events.stalled(chain, since));
    }

    @Override
    public void order(String who, String what) {
        each(events -> events.order(who, what));
    }

    private void each(Consumer<Events> tell) {
        for (Events events : all) tell.accept(events);
    }
}
