package dev.fairlead.data.routing;

import dev.fairlead.core.fleet.CallBounds;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.data.load.GroupMode;
import java.util.List;
import java.util.stream.Stream;

/// The nodes that answer for one group, in the group's order: its own and rented ones, then the leaders.
/// Everything but the turn is fixed.
public final class GroupRoutes {
    private final Group group;
    private final CallBounds bounds;
    private final GroupMode mode;
    private final Selection selection;
    private final List<Candidate> eligible;
    private final List<Candidate> barred;
    private final List<NodeId> lasting;
    private long turn;

    GroupRoutes(Group group, CallBounds bounds, GroupMode mode, List<Candidate> all) {
        this.group = group;
        this.bounds = bounds;
        this.mode = mode;
        this.selection = Selection.of(group.strategy());
        this.eligible = all.stream().filter(one -> one.usual().isAsked()).toList();
        this.barred = all.stream().filter(one -> !one.usual().isAsked()).toList();
        this.lasting = all.stream()
                .filter(Candidate::mayServe)
                .map(one -> one.state().id())
                .toList();
    }

    public Group group() {
        return group;
    }

    /// The group's own, and its chain's where it has none.
    CallBounds bounds() {
        return bounds;
    }

    public GroupMode mode() {
        return mode;
    }

    Selection selection() {
        return selection;
    }

    /// The nodes that health and operator do not rule out.
    public List<Candidate> eligible() {
        return eligible;
    }

    /// The others, for explanations only.
    public List<Candidate> barred() {
        return barred;
    }

    /// Whether at most one node may serve now or later, so that what a node keeps from call to call is found
    /// again.
    public boolean areOfOneNode() {
        return lasting.size() <= 1;
    }

    /// The nodes that serve now, or will once they are healthy again or an order is taken back.
    public List<NodeId> lasting() {
        return lasting;
    }

    public List<Candidate> all() {
        return Stream.concat(eligible.stream(), barred.stream()).toList();
    }

    /// Grows by one with every call; counted for each group, so that calls of one do not disturb the order of
    /// another.
    public long nextTurn() {
        return turn++;
    }

    void continueTurns(GroupRoutes before) {
        turn = before.turn;
    }
}
