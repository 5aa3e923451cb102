package dev.fairlead.control.admin.view;

import dev.fairlead.core.policy.ApiKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One key as it is shown.
///
/// @param prefix its first characters
/// @param state `valid`, `expired`, or `refused` because its tenant is not declared any more
/// @param expiresAt null for never
/// @param lastUsedAt null when this gateway has seen no call with it
/// @param key the key itself, in the answer to the order that generated it and nowhere else
/// @param urls where it may be used, in such an answer; with `KEY` in its place where it was brought along
/// @param remarks on the order that this is the answer to; else empty
public record KeyView(
        String tenant,
        String alias,
        String prefix,
        String state,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable String key,
        List<String> urls,
        List<String> remarks) {
    public static KeyView of(ApiKey key, KeyState state, @Nullable Instant lastUsedAt) {
        return new KeyView(
                key.tenant(),
                key.alias(),
                key.prefix(),
                state.word(),
                key.createdAt(),
                key.expiresAt(),
                lastUsedAt,
                null,
                List.of(),
                List.of());
    }

    /// In the answer to an order.
    public KeyView ordered(@Nullable String generated, List<String> at, List<String> said) {
        return new KeyView(tenant, alias, prefix, state, createdAt, expiresAt, lastUsedAt, generated, at, said);
    }

    /// Without what only the answer to an order holds.
    @Override
    public String toString() {
        return "KeyView[" + tenant + "/" + alias + "]";
    }
}
