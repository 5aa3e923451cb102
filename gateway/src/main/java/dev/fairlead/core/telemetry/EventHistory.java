package dev.fairlead.core.telemetry;

import dev.fairlead.core.eth.Service;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.jwt.TokenFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps the last events, so that an operator who comes late sees what happened before. Single calls are not
/// kept.
public final class EventHistory implements Events {
    private static final int KEPT = 2_000;
    private static final int LONGEST_TEXT = 1_000;

    private final InstantSource clock;
    private final Deque<HistoryLine> kept = new ArrayDeque<>();
    private final Map<String, Integer> ofKind = new HashMap<>();
    private long serial;

    public EventHistory(InstantSource clock) {
        this.clock = clock;
    }

    /// The oldest `limit` events with a serial above `after`.
    public synchronized List<HistoryLine> after(long after, int limit) {
        var found = new ArrayList<HistoryLine>();
        for (HistoryLine historyLine : kept) {
            if (historyLine.serial() <= after) continue;
            if (found.size() == limit) break;
            found.add(historyLine);
        }
        return found;
    }

    /// The newest `limit` events, oldest first.
    public synchronized List<HistoryLine> latest(int limit) {
        return kept.stream().skip(Math.max(0, kept.size() - limit)).toList();
    }

    @Override
    public void ejected(NodeId node, String cause, Duration until) {
        keep("ejected", node, "ejected for " + until.toMillis() + " ms: " + cause);
    }

    @Override
    public void tokenRefused(TokenFault why, String client, Supplier<String> whose) {}

    @Override
    public void tokenKeys(String tenants, String url, boolean isFault, String what) {
        keep("token-keys", null, null, "the token keys of " + tenants + " from " + url + " " + what);
    }

    @Override
    public void limited(String limit, String tenant) {}

    @Override
    public void closed(String chain, String tenant, String method, String because) {}

    @Override
    public void transactionRefused(String chain, String rule) {}

    @Override
    public void webhookAnswered(String outcome, long nanos) {}

    @Override
    public void unchecked(Unchecked submission) {}

    @Override
    public void quota(String tenant, int percent, long quota) {
        String text = "tenant " + tenant + " has taken " + percent + " % of the " + quota + " credits of its day";
        keep("quota", null, null, text);
    }

    @Override
    public void spending(String chain, @Nullable String node, int percent, long daily) {
        String who = node == null ? "leaders and rented nodes together have had " : "has had ";
        keep(
                "spending",
                chain,
                node == null ? null : chain + "/" + node,
                who + percent + " % of the " + daily + " credits of the day");
    }

    @Override
    public void redis(boolean isReached, String reason) {
        keep("redis", null, null, isReached ? "Redis is reached" : "Redis is gone: " + reason);
    }

    @Override
    public void spared(NodeId node, Service service, String cause) {
        keep("spared", node, "gets no calls for " + service.word() + " for a while: " + cause);
    }

    @Override
    public void readmitted(NodeId node) {
        keep("readmitted", node, "gets calls again");
    }

    @Override
    public void plansSpent(String chain, String group, boolean active) {
        String text = active
                ? "no node of group " + group + " is asked: their plans are used up; days begin at 00:00 UTC"
                : "the plans of group " + group + " allow calls again";
        keep("plans-spent", chain, null, text);
    }

    @Override
    public void panic(String chain, String group, boolean active) {
        String text = active
                ? "no node of group " + group + " is fit to serve; using the least bad"
                : "group " + group + " has a node that is fit to serve again";
        keep("panic", chain, null, text);
    }

    @Override
    public void lastResort(String chain, boolean active) {
        keep(
                "last-resort",
                chain,
                null,
                active ? "calls go to the leader: no other node can serve" : "own nodes serve");
    }

    @Override
    public void verdict(NodeId node, Verdict before, Verdict after) {
        keep("verdict", node, before.word() + " → " + after.word() + ": " + after.evidence());
    }

    @Override
    public void reference(String chain, Reference before, Reference after) {
        keep("leader", chain, null, after.describe());
    }

    @Override
    public void pending(NodeId node, long behind) {
        keep("pending", node.chain(), node.name(), PendingLag.text(behind));
    }

    @Override
    public void sharedId(String chain, long id, String others) {
        keep("chain", chain, null, "has the chain id " + id + ", and so has " + others);
    }

    @Override
    public void stalled(String chain, @Nullable Instant since) {
        keep("stall", chain, null, since == null ? "the chain moves again" : "no new block anywhere since " + since);
    }

    @Override
    public void fault(Part part, String doing, Throwable fault) {
        keep("fault", null, null, doing + ": " + fault.getClass().getSimpleName());
    }

    @Override
    public void order(String who, String what) {
        keep("order", null, null, what + " (by " + who + ")");
    }

    private void keep(String kind, NodeId node, String text) {
        keep(kind, node.chain(), node.toString(), text);
    }

    private synchronized void keep(String kind, @Nullable String chain, @Nullable String node, String text) {
        if (kept.size() == KEPT) makeRoom();
        String shortened = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
        kept.addLast(new HistoryLine(++serial, clock.instant(), kind, chain, node, shortened));
        ofKind.merge(kind, 1, Integer::sum);
    }

    /// Forgets the oldest event of the kind that there are most of, so that no kind drives out the others.
    private void makeRoom() {
        String most =
                Collections.max(ofKind.entrySet(), Map.Entry.comparingByValue()).getKey();
        Iterator<HistoryLine> oldest = kept.iterator();
        while (!oldest.next().kind().equals(most)) {}
        oldest.remove();
        ofKind.merge(most, -1, Integer::sum);
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
    public void eventLoops(@Nullable String fault, String detail) {}

    @Override
    public void batch(int size) {}
}
