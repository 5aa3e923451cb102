package dev.fairlead.control.operate;

import dev.fairlead.core.policy.ApiKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// What an order says of how long a key is valid.
public sealed interface KeyExpiry {
    /// A new key is valid without end; one that replaces another, as long as that one was meant to be.
    record Unsaid() implements KeyExpiry {}

    record Never() implements KeyExpiry {}

    record At(Instant end) implements KeyExpiry {}

    record In(Duration time) implements KeyExpiry {}

    /// @param replaced the key that the new one replaces, or null
    /// @return null for never
    default @Nullable Instant end(Instant now, @Nullable ApiKey replaced) {
        return switch (this) {
            case Never _ -> null;
            case At(var end) -> end;
            case In(var time) -> now.plus(time).truncatedTo(ChronoUnit.SECONDS);
            case Unsaid _ when replaced == null || replaced.expiresAt() == null -> null;
            case Unsaid _ ->
                now.truncatedTo(ChronoUnit.SECONDS)
                        .plus(Duration.between(
                                replaced.createdAt().truncatedTo(ChronoUnit.SECONDS), replaced.expiresAt()));
        };
    }
}
