package dev.fairlead.data.attempt;

import dev.fairlead.core.eth.Service;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.data.load.Ejections;
import dev.fairlead.data.load.FailureWindow;
import dev.fairlead.data.load.NodeTraffic;
import dev.fairlead.data.load.Traffic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds nodes at which several calls of one [Service] hang while other nodes answer such calls: the node is
/// spared such calls, long before the hanging calls run out of time. Lives on one event loop; what it sees is
/// shared through [NodeTraffic].
public final class HangWatch {
    /// Geth gives the EVM 5 s.
    private static final int LONGER = 2;

    private final Board<Fleet> fleet;
    private final Traffic traffic;
    private final Ejections ejections;
    /// The nodes and services at which calls hang. For these services, other nodes that answer are noted.
    private Set<Concern> watched = Set.of();
    /// Those for which a call was put to another node to see whether that one answers.
    private final Set<Concern> tried = new HashSet<>();

    private record Concern(String chain, Service service) {}

    public HangWatch(Board<Fleet> fleet, Traffic traffic, Ejections ejections) {
        this.fleet = fleet;
        this.traffic = traffic;
        this.ejections = ejections;
    }

    boolean isIdle() {
        return watched.isEmpty();
    }

    void look(List<WatchedAttempt> underWay, long now) {
        Set<Concern> found = new HashSet<>();
        for (WatchedAttempt attempt : List.copyOf(underWay)) {
            boolean known = attempt.hangs();
            if (!attempt.hangs(now, ejections.patience())) continue;
            var concern = new Concern(attempt.node().id().chain(), attempt.service());
            if (found.add(concern)) note(concern, true);
            if (!known) continue; // it shows by the next look whether its node answers others meanwhile
            if (othersAnswer(attempt, now)) ejections.hangs(attempt.node(), attempt.service());
            if (isToBeTried(attempt, now) && tried.add(concern)) attempt.letAnotherTry();
        }
        tried.retainAll(found);
        for (Concern before : watched) {
            if (!found.contains(before)) note(before, false);
        }
        watched = found;
    }

    private void note(Concern concern, boolean on) {
        for (NodeState each : nodes(concern.chain())) traffic.node(each.id()).watch(concern.service(), on);
    }

    /// Whether another node that serves has answered such a call since this one hangs. If this node was spared
    /// such calls a short while ago, it is enough that another node may answer.
    private boolean othersAnswer(WatchedAttempt attempt, long now) {
        Service service = attempt.service();
        boolean again = attempt.node().failures(service).level() > 0;
        return others(attempt).stream()
                .anyMatch(other -> other.failures(service).watch() == FailureWindow.Watch.ANSWERS
                        || (again && !other.fails(service, now)));
    }

    /// Whether this call is to be put to another node as a test: many calls hang, or one that the EVM runs has
    /// waited twice as long as any should, and it is not known whether another node would answer.
    private boolean isToBeTried(WatchedAttempt attempt, long now) {
        FailureWindow past = attempt.node().failures(attempt.service());
        boolean alone = past.hanging() > 0 && attempt.runsTooLong(now, LONGER * ejections.patience());
        if (!(past.isHanging() || alone) || !attempt.mayMove()) return false;
        return others(attempt).stream().anyMatch(other -> !other.fails(attempt.service(), now));
    }

    private List<NodeTraffic> others(WatchedAttempt attempt) {
        return nodes(attempt.node().id().chain()).stream()
                .filter(each -> each.verdict().ready()
                        && !each.id().equals(attempt.node().id()))
                .map(each -> traffic.node(each.id()))
                .toList();
    }

    private List<NodeState> nodes(String chain) {
        ChainState state = fleet.now().chain(chain);
        return state == null ? List.of() : state.nodes();
    }
}
