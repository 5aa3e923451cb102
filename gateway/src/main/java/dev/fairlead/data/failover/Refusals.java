package dev.fairlead.data.failover;

import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import dev.fairlead.data.load.NodeSpending;
import dev.fairlead.data.routing.Candidate;
import dev.fairlead.data.routing.Eligibility;
import dev.fairlead.data.routing.GroupRoutes;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a client is told when no node's words reach it. Names no node and no URL: those are in the log.
final class Refusals {
    private static final Duration SOON = Duration.ofSeconds(1);

    private Refusals() {}

    static Refused noSuchChain(String chain) {
        return new Refused(Refusal.NO_SUCH_CHAIN, "there is no chain named " + chain + " here");
    }

    /// For clients that fall back when they are told that a method is not there, as they do with many providers.
    static Refused needsSoleNode(String method) {
        return Refused.methodNotAvailable(
                method,
                "a node would keep it from call to call, and several nodes may serve here; " + insteadOf(method)
                        + ", or give such methods a group of one node");
    }

    private static String insteadOf(String method) {
        String name = method.toLowerCase(Locale.ROOT);
        if (name.contains("pendingtransactionfilter")) return "ask one node itself for what is pending";
        if (name.contains("blockfilter")) return "poll eth_blockNumber and eth_getBlockByNumber instead";
        if (name.contains("newfilter") || name.contains("filterlogs")) return "use eth_getLogs instead";
        if (name.contains("filter")) return "use eth_getLogs or eth_getBlockByNumber instead";
        return "point the miner at one node itself";
    }

    static Refused needsStream(String method) {
        return Refused.methodNotAvailable(
                method,
                "subscriptions need WebSocket, which is not offered here; over HTTP poll eth_blockNumber and"
                        + " eth_getLogs instead");
    }

    static Refused noNode(String chain, GroupRoutes group, long now) {
        Map<Eligibility, Integer> counts = counts(group, now);
        if (counts.keySet().equals(Set.of(Eligibility.ITSELF))) return loop(chain);
        if (counts.containsKey(Eligibility.SPENT)) return overPlan(untilPlan(group));
        return new Refused(Refusal.NO_NODE, noNodeBecause(chain, counts), Slice.NONE, SOON);
    }

    private static Refused loop(String chain) {
        return new Refused(
                Refusal.LOOP,
                "no node of chain " + chain
                        + " is left: each that may be asked leads back to this gateway; remove it, or"
                        + " correct its URL");
    }

    /// Nobody had anything to say that a client could use.
    ///
    /// @param nodes all that may serve the call, now or later
    /// @param late whether the call's time is over
    /// @param rest until the first node that asked to be left alone may be asked again
    static Refused unanswered(
            String chain, Objections objections, Collection<NodeId> nodes, boolean late, Duration rest) {
        if (objections.areOfSize()) return tooLarge();
        if (objections.areOfLoad()) return leftAlone(rest);
        if (objections.isOutage(nodes) && !objections.areOfWork()) return outage(chain, objections);
        if (objections.areOfLoop()) return loop(chain);
        return late ? deadline(objections) : nodesFailed(objections);
    }

    private static Refused outage(String chain, Objections objections) {
        String who = objections.isOneUnasked()
                ? "of the nodes of chain " + chain + ", none that was asked"
                : "no node of chain " + chain;
        String detail = who + " can serve now; try again soon: " + objections.summary();
        return new Refused(Refusal.NO_NODE, detail, Slice.NONE, SOON);
    }

    private static Refused tooLarge() {
        return new Refused(
                Refusal.BODY_TOO_LARGE,
                "every node that answered refuses a request of this size (HTTP 413); send less in one call");
    }

    private static Refused nodesFailed(Objections objections) {
        String who = objections.isOneUnasked() ? "no node that was asked" : "no node";
        return new Refused(Refusal.NODES_FAILED, who + " could answer: " + objections.summary());
    }

    private static Refused deadline(Objections objections) {
        return new Refused(Refusal.DEADLINE, "no answer within the time for a call: " + objections.summary());
    }

    /// @param rest until the first of them may be asked again
    static Refused leftAlone(Duration rest) {
        Duration wait = Duration.ofSeconds(Math.max(1, rest.plusMillis(999).toSeconds()));
        return new Refused(
                Refusal.OVERLOADED,
                "every node that could serve asked to be left alone for a while; try again in " + wait.toSeconds()
                        + " s",
                Slice.NONE,
                wait);
    }

    static Refused full() {
        return new Refused(
                Refusal.OVERLOADED,
                "every node that could serve has as many calls as it may take; try again in a second",
                Slice.NONE,
                SOON);
    }

    static Refused moreThanItsShare() {
        return new Refused(
                Refusal.OVERLOADED,
                "every node that could serve has as many calls as it may take, and of those that wait you have more"
                        + " than others; send fewer at once, or try again in a second",
                Slice.NONE,
                SOON);
    }

    /// @param rest until one of them may be asked
    static Refused overPlan(Duration rest) {
        Duration wait = Duration.ofSeconds(Math.max(1, rest.plusMillis(999).toSeconds()));
        return new Refused(
                Refusal.OVERLOADED,
                "every node that could serve has had as many calls as its provider's plan allows; try again in "
                        + wait.toSeconds() + " s",
                Slice.NONE,
                wait);
    }

    static Refused leaderSpent() {
        return new Refused(
                Refusal.OVERLOADED,
                "only the leader can serve, and it has had as many calls as leader_rate allows; try again in a second",
                Slice.NONE,
                SOON);
    }

    private static Map<Eligibility, Integer> counts(GroupRoutes group, long now) {
        var counts = new EnumMap<Eligibility, Integer>(Eligibility.class);
        for (Candidate candidate : group.eligible()) {
            counts.merge(why(candidate, now), 1, Integer::sum);
        }
        for (Candidate candidate : group.barred()) counts.merge(candidate.usual(), 1, Integer::sum);
        return counts;
    }

    private static Eligibility why(Candidate candidate, long now) {
        if (candidate.load().isItself(now)) return Eligibility.ITSELF;
        return candidate.isSpent() ? Eligibility.SPENT : Eligibility.DEAD;
    }

    /// A node whose plan is new again serves as soon as it was probed.
    private static Duration untilPlan(GroupRoutes group) {
        Duration least = Duration.ofDays(1);
        for (Candidate candidate : group.all()) {
            NodeSpending spending = candidate.spending();
            if (!candidate.isSpent()) continue;
            Duration wait = spending != null && spending.isSpent() ? spending.untilTomorrow() : SOON;
            if (wait.compareTo(least) < 0) least = wait;
        }
        return least;
    }

    private static String noNodeBecause(String chain, Map<Eligibility, Integer> counts) {
        if (counts.isEmpty()) return "no node is registered for chain " + chain + "; add one with: fairlead nodes add";
        return "no node of chain " + chain + " can serve: "
                + counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().text())
                        .collect(Collectors.joining(", "));
    }
}
