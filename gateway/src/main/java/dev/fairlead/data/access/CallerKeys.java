package dev.fairlead.data.access;

import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.ApiKey;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What connections need to find out who calls: the access policy as it is now, the time, and where uses of
/// keys are noted.
public record CallerKeys(
        Board<AccessPolicy> board, LastKeyUse uses, AccessTokens tokens, ClosedCalls closed, InstantSource clock) {
    public AccessPolicy policy() {
        return board.now();
    }

    public Instant now() {
        return clock.instant();
    }

    /// The key that a text was, if it was used here and has been revoked since; else null.
    public @Nullable ApiKey gone(String presented) {
        return uses.gone(presented);
    }

    public void used(ApiKey key, Instant now) {
        uses.used(key, now);
    }
}
