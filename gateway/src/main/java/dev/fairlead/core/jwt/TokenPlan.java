package dev.fairlead.core.jwt;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is declared of a tenant's tokens.
///
/// @param files with one key each
/// @param set of keys, or null
/// @param audience which `aud` must name; empty where the tenant takes no tokens
/// @param issuer which `iss` must be; null for any
/// @param required whether an API key alone does not do, nor a token alone
public record TokenPlan(
        List<KeySource> files,
        @Nullable KeySource set,
        String audience,
        @Nullable String issuer,
        boolean required) {
    /// Of a tenant that takes no tokens.
    public static final TokenPlan NONE = new TokenPlan(List.of(), null, "", null, false);

    /// Enough to replace one while the next is in use already.
    public static final int MOST_KEYS = 3;

    public TokenPlan {
        files = List.copyOf(files);
    }

    public boolean isNone() {
        return audience.isEmpty();
    }

    public List<TokenKey> keys() {
        return Stream.concat(files.stream(), Stream.ofNullable(set))
                .flatMap(source -> source.keys().stream())
                .limit(MOST_KEYS)
                .toList();
    }
}
