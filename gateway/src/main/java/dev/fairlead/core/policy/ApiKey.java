package dev.fairlead.core.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key with which a tenant calls. The key itself is shown once and not kept.
///
/// @param tenant whose it is
/// @param alias its name among the tenant's keys; stands in logs, metrics and events
/// @param prefix how the key begins, by which people recognise it
/// @param expiresAt null for never
public record ApiKey(
        String tenant,
        String alias,
        String prefix,
        KeyHash hash,
        Instant createdAt,
        @Nullable Instant expiresAt) {
    /// Which texts may be keys, in a path or a header.
    public static final String FORM = "[A-Za-z0-9_-]{16,128}";

    /// How many different characters a key has at least that its owner brought along.
    public static final int LEAST_DIFFERENT = 8;

    private static final int SHORTEST = 16;
    private static final int LONGEST = 128;

    /// How many characters of a key are its prefix, at the most.
    public static final int PREFIX = 8;

    /// The beginning by which people recognise a key: never more of it than a quarter.
    public static String prefix(String key) {
        return key.substring(0, Math.min(PREFIX, key.length() / 4));
    }

    /// As people and logs name it: `tenant/alias`.
    public String name() {
        return tenant + "/" + alias;
    }

    public ApiKey until(Instant end) {
        return new ApiKey(tenant, alias, prefix, hash, createdAt, end);
    }

    /// Whether a text may be a key at all, by [#FORM].
    public static boolean hasForm(String text) {
        if (text.length() < SHORTEST || text.length() > LONGEST) return false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            if (!letter && (c < '0' || c > '9') && c != '_' && c != '-') return false;
        }
        return true;
    }

    /// Whether a text in a path is taken for a key where none is known: it has the form, is no number (a chain's
    /// id), and has as many different characters as keys that are brought along must.
    public static boolean looksLikeOne(String text) {
        return hasForm(text)
                && text.chars().distinct().limit(LEAST_DIFFERENT).count() == LEAST_DIFFERENT
                && !text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
