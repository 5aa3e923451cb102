package dev.fairlead.core.fleet;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A chain as it was declared.
///
/// @param name path segment, label and key: lower-case letters, digits, dashes
/// @param declaredId EIP-155 id, or 0 when it is to be learned from the leader or the majority of the nodes
/// @param leaders names of the nodes that measure the others, best first; may be empty
/// @param leaderRate calls per second that the leaders may get as last resort; 0 is no bound
/// @param rentedDaily credits that leaders and rented nodes together may be asked in a day of UTC; 0 is no bound
/// @param bounds for its calls
public record Chain(
        String name,
        long declaredId,
        List<String> leaders,
        Tolerance tolerance,
        Probing probing,
        double leaderRate,
        long rentedDaily,
        CallBounds bounds) {
    public Chain(
            String name,
            long declaredId,
            List<String> leaders,
            Tolerance tolerance,
            Probing probing,
            double leaderRate) {
        this(name, declaredId, leaders, tolerance, probing, leaderRate, 0, CallBounds.NONE);
    }

    /// How far a node may be behind and still serve; each bound is inclusive.
    ///
    /// @param blocks blocks behind the leader
    /// @param time time since the leader passed the node's height
    /// @param ahead blocks that a node may be ahead of the reference before it is taken for rogue
    public record Tolerance(long blocks, Duration time, long ahead) {
        public static final Tolerance DEFAULT = new Tolerance(10, Duration.ofSeconds(120), 10);

        /// A bound that was not given is set so wide (twice the other) that the other one decides.
        ///
        /// @param blocks null where it was not said
        /// @param time null where it was not said
        public static Tolerance of(@Nullable Long blocks, @Nullable Duration time, long ahead, Duration blockTime) {
            if (blocks == null && time != null) {
                return new Tolerance(Math.max(DEFAULT.blocks, 2 * ceiling(time, blockTime)), time, ahead);
            }
            long bound = blocks == null ? DEFAULT.blocks : blocks;
            return new Tolerance(bound, time == null ? longer(bound, blockTime) : time, ahead);
        }

        private static Duration longer(long blocks, Duration blockTime) {
            Duration twice = blockTime.multipliedBy(2 * blocks);
            return twice.compareTo(DEFAULT.time) > 0 ? twice : DEFAULT.time;
        }

        private static long ceiling(Duration time, Duration blockTime) {
            return time.plus(blockTime).minusNanos(1).dividedBy(blockTime);
        }
    }

    /// @param interval between probes of one node, jittered by ±10 %
    /// @param timeout of one probe
    /// @param fall consecutive bad samples before a ready node stops being ready
    /// @param rise consecutive good samples before a node is ready again
    /// @param blockTime expected time between blocks
    /// @param quiet whether a chain without new blocks is normal
    public record Probing(Duration interval, Duration timeout, int fall, int rise, Duration blockTime, boolean quiet) {
        public static final Probing DEFAULT =
                new Probing(Duration.ofSeconds(2), Duration.ofSeconds(2), 2, 2, Duration.ofSeconds(12), false);
    }

    public static Chain of(String name, long declaredId, List<String> leaders) {
        return new Chain(name, declaredId, leaders, Tolerance.DEFAULT, Probing.DEFAULT, 0);
    }

    public Chain ledBy(List<String> others) {
        return new Chain(name, declaredId, others, tolerance, probing, leaderRate, rentedDaily, bounds);
    }

    /// Whether what the node is asked counts for [#rentedDaily].
    public boolean isCharged(Node node) {
        return node.role() == Node.Role.RENTED || isLeader(node.id());
    }

    public boolean isLeader(NodeId node) {
        return leaders.contains(node.name());
    }
}
