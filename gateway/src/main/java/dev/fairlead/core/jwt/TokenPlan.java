package dev.fairlead.core.jwt;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is declared of a tenant's tokens.
///
/// @param files with one key each
/// @param set of keys in a file, or null
/// @param remote a set of keys that is fetched, or null
/// @param audience which `aud` must name; empty where the tenant takes no tokens
/// @param issuer which `iss` must be; null for any
/// @param required whether an API key alone does not do, nor a token alone
public record TokenPlan(
        List<KeySource> files,
        @Nullable KeySource set,
        @Nullable RemoteKeySet remote,
        String audience,
        @Nullable String issuer,
        boolean required) {
    /// Of a tenant that takes no tokens.
    public static final TokenPlan NONE = new TokenPlan(List.of(), null, null, "", null, false);

    /// Enough to replace one while the next is in use already.
    public static final int MOST_FILES = 3;

    /// Of one set: those who issue tokens for many publish two to six.
    public static final int MOST_KEYS = 16;

    public TokenPlan {
        files = List.copyOf(files);
    }

    public boolean isNone() {
        return audience.isEmpty();
    }

    public List<TokenKey> keys() {
        Stream<TokenKey> read =
                Stream.concat(files.stream(), Stream.ofNullable(set)).flatMap(source -> source.keys().stream());
        Stream<TokenKey> fetched = Stream.ofNullable(remote).flatMap(from -> from.keys().stream());
        return Stream.concat(read, fetched).limit(MOST_KEYS).toList();
    }

    /// The same with the keys that were fetched.
    ///
    /// @param fetched by where they come from
    public TokenPlan with(Map<KeySetUrl, List<TokenKey>> fetched) {
        if (remote == null) return this;
        List<TokenKey> keys = fetched.getOrDefault(remote.from(), List.of());
        return new TokenPlan(files, set, remote.with(keys), audience, issuer, required);
    }
}
