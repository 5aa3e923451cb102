package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.Scalars;
import dev.fairlead.config.Table;
import dev.fairlead.core.fleet.CallBounds;
import dev.fairlead.data.load.DispatchConfig;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The keys of `dispatch` in a chain or a group: what differs there from `[dispatch]`.
final class CallBoundsKeys {
    static final String DEADLINE = "deadline";

    static final Table<CallBounds> OF_CHAIN =
            table("chains.<chain>.dispatch", "this chain", "as `[dispatch]` says", "none");
    static final Table<CallBounds> OF_GROUP =
            table("chains.<chain>.groups.<group>.dispatch", "this group", "as its chain says", "as its chain says");

    private CallBoundsKeys() {}

    /// @param whose what the table stands in
    /// @param usual whose value counts where nothing is said
    /// @param usualDeadline the same for the deadline
    private static Table<CallBounds> table(String title, String whose, String usual, String usualDeadline) {
        var attempt = like(DispatchKeys.ATTEMPT, CallBounds::attempt, usual);
        var slowAttempt = like(DispatchKeys.SLOW_ATTEMPT, CallBounds::slowAttempt, usual);
        var attempts = like(DispatchKeys.ATTEMPTS, CallBounds::attempts, usual);
        var deadline = new Key<CallBounds, Duration>(
                        DEADLINE,
                        Scalars.duration(Duration.ofMillis(250), Duration.ofDays(1)),
                        CallBounds::deadline,
                        "Until an answer has begun, or the client is told that there is none; shorter than "
                                + "`server.timeouts.call`, which holds for all.")
                .otherwise(usualDeadline);
        return new Table<>(
                title,
                "How hard the nodes are tried for calls of " + whose + ", where it differs from `[dispatch]`.",
                CallBounds.NONE,
                List.of(attempt, slowAttempt, attempts, deadline),
                values -> new CallBounds(
                        values.orNull(attempt),
                        values.orNull(slowAttempt),
                        values.orNull(attempts),
                        values.orNull(deadline)));
    }

    private static <T> Key<CallBounds, T> like(
            Key<DispatchConfig, T> key, Function<CallBounds, @Nullable T> of, String usual) {
        return new Key<>(key.name(), key.type(), of, key.meaning()).otherwise(usual);
    }
}
