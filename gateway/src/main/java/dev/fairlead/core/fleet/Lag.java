package dev.fairlead.core.fleet;

import java.time.Duration;

/// Distance behind the leader, in both units; negative blocks are ahead.
///
/// @param time how long ago the leader was seen to pass the node's height; zero for a node that is not behind
public record Lag(long blocks, Duration time) {
    public static final Lag ZERO = new Lag(0, Duration.ZERO);
}
