package dev.fairlead.core.jwt;

import dev.fairlead.core.allow.AllowLists;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token that was checked and found to hold.
///
/// @param tenant on whose behalf its bearer calls
/// @param key by which it was signed
/// @param plan of the tenant, as it was then
/// @param subject `sub`, or null
/// @param end from when on it is refused
/// @param lists what it allows, within what is open to the tenant
public record AccessToken(
        String tenant,
        TokenKey key,
        TokenPlan plan,
        @Nullable String subject,
        Instant end,
        AllowLists lists) {
    public boolean isExpired(Instant now) {
        return !now.isBefore(end);
    }

    /// As logs name it: of few words, whoever its bearer is.
    public String alias() {
        return key.alias();
    }

    /// What counts as one caller where keys are counted apart: the subject, or where there is none, the signing
    /// key.
    public String caller() {
        return tenant + "/" + (subject == null ? alias() : "sub:" + subject);
    }

    @Override
    public String toString() {
        return "AccessToken[" + tenant + ", " + alias() + "]";
    }
}
