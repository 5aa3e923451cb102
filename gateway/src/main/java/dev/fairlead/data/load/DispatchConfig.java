package dev.fairlead.data.load;

import dev.fairlead.core.fleet.CallBounds;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How hard the nodes are tried.
///
/// @param attempt until a node's reply must have begun; quick methods
/// @param slowAttempt the same for methods that may take long: what the EVM runs, traces, logs, proofs; above
/// the 5 s that geth gives the EVM; the wait ends when the node turns out to be dead
/// @param attempts at the most for one call
/// @param broadcast further own nodes that are sent a transaction once one has accepted it; 0 sends it to none
/// @param retryBudget share of calls that may be tried again once the nodes fail in numbers, 0 to 1
/// @param queue calls that may wait for a place at one node
/// @param queueTime how long such a call waits at the most
/// @param eject how long a node is spared after its first failure; doubles with every further one
/// @param ejectAtMost bound of that doubling
/// @param outOfService how long a node is spared after any failure, instead of the two; or null
public record DispatchConfig(
        Duration attempt,
        Duration slowAttempt,
        int attempts,
        int broadcast,
        double retryBudget,
        int queue,
        Duration queueTime,
        Duration eject,
        Duration ejectAtMost,
        @Nullable Duration outOfService) {
    public static final DispatchConfig DEFAULT = new DispatchConfig(
            Duration.ofSeconds(4),
            Duration.ofSeconds(30),
            5,
            2,
            0.2,
            1024,
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            null);

    /// How long a node is spared after its first failure.
    Duration firstEjection() {
        return outOfService == null ? eject : outOfService;
    }

    Duration longestEjection() {
        return outOfService == null ? ejectAtMost : outOfService;
    }

    /// The same for calls that have bounds of their own.
    public DispatchConfig with(CallBounds bounds) {
        return new DispatchConfig(
                bounds.attempt() == null ? attempt : bounds.attempt(),
                bounds.slowAttempt() == null ? slowAttempt : bounds.slowAttempt(),
                bounds.attempts() == null ? attempts : bounds.attempts(),
                broadcast,
                retryBudget,
                queue,
                queueTime,
                eject,
                ejectAtMost,
                outOfService);
    }
}
