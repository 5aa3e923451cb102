package dev.fairlead.core.transaction;

import dev.fairlead.core.secret.MaskedUrl;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A service of the operator's that is asked whether a transaction may go to a node.
///
/// @param authorization the header of that name, or null
/// @param timeout how long its answer is waited for
/// @param mostInFlight how many questions it is asked at once
public record Webhook(
        URI url, @Nullable String authorization, Duration timeout, OnFailure onFailure, int mostInFlight) {
    /// What becomes of a transaction when no answer comes, or none that can be understood.
    public enum OnFailure {
        OPEN,
        CLOSED
    }

    /// The URL may have a secret in it.
    @Override
    public String toString() {
        return "webhook " + MaskedUrl.url(url);
    }
}
