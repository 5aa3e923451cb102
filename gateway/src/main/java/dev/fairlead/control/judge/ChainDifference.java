package dev.fairlead.control.judge;

import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import java.util.Objects;

/// How much one state of a chain differs from the last one: what routing may obey is published at once, what only
/// people read may wait.
public enum ChainDifference {
    NONE,
    MINOR,
    MAJOR;

    public static ChainDifference between(ChainState before, ChainState after) {
        if (major(before, after)) return MAJOR;
        return before.equals(after) ? NONE : MINOR;
    }

    private static boolean major(ChainState before, ChainState after) {
        if (!before.chain().equals(after.chain()) || before.learnedId() != after.learnedId()) return true;
        if (!before.networkId().equals(after.networkId())) return true;
        if (!before.reference().equals(after.reference()) || !before.groups().equals(after.groups())) return true;
        if (!Objects.equals(before.stalled(), after.stalled())) return true;
        if (before.nodes().size() != after.nodes().size()) return true;
        for (int i = 0; i < after.nodes().size(); i++) {
            if (major(before.nodes().get(i), after.nodes().get(i))) return true;
        }
        return false;
    }

    private static boolean major(NodeState before, NodeState after) {
        return !before.node().equals(after.node())
                || !before.verdict().word().equals(after.verdict().word())
                || (before.pendingBehind() == 0) != (after.pendingBehind() == 0)
                || !Objects.equals(before.head(), after.head());
    }
}
