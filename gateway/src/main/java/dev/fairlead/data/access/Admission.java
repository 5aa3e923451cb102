package dev.fairlead.data.access;

import dev.fairlead.core.allow.AllowLists;
import dev.fairlead.core.allow.CallScope;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.data.access.PresentedKey.None;
import dev.fairlead.data.access.PresentedKey.One;
import dev.fairlead.data.access.PresentedKey.Several;
import dev.fairlead.data.access.PresentedKey.Unfit;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a caller is let in, and as whom.
public sealed interface Admission {
    Admitted NOBODY = new Admitted(Tenant.PUBLIC, null, null);
    Admission PUBLIC = NOBODY;

    /// @param key null for whoever brings none
    /// @param scope which calls it may make; null for all that are open to its tenant
    record Admitted(
            Tenant tenant, @Nullable ApiKey key, @Nullable CallScope scope) implements Admission {}

    /// What a caller says of itself.
    record Sender(@Nullable String origin, @Nullable String agent) {}

    /// @param caller who it is, as far as that is known
    record Rejected(Admitted caller, Refused refused) implements Admission {}

    /// @param chain the one that is asked for; null when there is none such
    /// @param found the key that was presented, if it is known; else null
    static Admission of(
            AccessPolicy policy,
            @Nullable String chain,
            PresentedKey presented,
            @Nullable ApiKey found,
            Sender sender,
            Instant now) {
        if (!policy.takesKeys()) return PUBLIC;
        return switch (presented) {
            case None _ -> chain == null || policy.isPublic(chain) ? PUBLIC : rejected(Refusal.KEY_NEEDED, NEEDED);
            case One _ -> found == null ? rejected(Refusal.UNAUTHORIZED, UNKNOWN) : known(policy, found, sender, now);
            case Unfit _ -> rejected(Refusal.UNAUTHORIZED, UNKNOWN);
            case Several _ ->
                rejected(
                        Refusal.INVALID_REQUEST,
                        "Expected one key, found several that differ; send it in one place: path, X-API-Key or "
                                + "Authorization");
        };
    }

    String NEEDED = "A key is needed here; send it as X-API-Key, as Authorization: Bearer, or at the end of the path";
    String UNKNOWN = "The key is not known here; compare it with the one you were given, or ask for a new one";
    String EXPIRED = "The key has expired; ask for a new one";

    private static Admission known(AccessPolicy policy, ApiKey key, Sender sender, Instant now) {
        if (key.isExpired(now)) return rejected(Refusal.UNAUTHORIZED, EXPIRED);
        AllowLists lists = policy.lists(new Tenant(key.tenant()));
        var caller = new Admitted(new Tenant(key.tenant()), key, CallScope.of(lists));
        String objection = lists.objection(sender.origin(), sender.agent());
        return objection == null ? caller : new Rejected(caller, new Refused(Refusal.FORBIDDEN, objection));
    }

    private static Admission rejected(Refusal why, String detail) {
        return new Rejected(NOBODY, new Refused(why, detail));
    }
}
