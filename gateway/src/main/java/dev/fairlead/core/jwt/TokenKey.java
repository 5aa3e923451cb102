package dev.fairlead.core.jwt;

import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/// A public key by which a tenant's tokens are checked.
///
/// @param id `kid` of the tokens that it signs; null for tokens with any or none
public record TokenKey(@Nullable String id, TokenAlgorithm algorithm, PublicKey key) {
    /// Whether a token with that `kid` may be signed by it.
    boolean isFor(@Nullable String kid) {
        return id == null || kid == null || id.equals(kid);
    }
}
