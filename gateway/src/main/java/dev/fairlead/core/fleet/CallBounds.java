package dev.fairlead.core.fleet;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How hard the nodes are tried for the calls of one chain or group, where that differs from what is said for all; null
/// where it does not.
///
/// @param attempt until a node's reply must have begun; quick methods
/// @param slowAttempt the same for methods that may take long
/// @param attempts at the most for one call
/// @param deadline from the client's first byte until an answer has begun
public record CallBounds(
        @Nullable Duration attempt,
        @Nullable Duration slowAttempt,
        @Nullable Integer attempts,
        @Nullable Duration deadline) {
    public static final CallBounds NONE = new CallBounds(null, null, null, null);

    /// These bounds, and those where these say nothing.
    public CallBounds or(CallBounds those) {
        return new CallBounds(
                attempt == null ? those.attempt : attempt,
                slowAttempt == null ? those.slowAttempt : slowAttempt,
                attempts == null ? those.attempts : attempts,
                deadline == null ? those.deadline : deadline);
    }
}
