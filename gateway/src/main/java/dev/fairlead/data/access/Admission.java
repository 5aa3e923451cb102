package dev.fairlead.data.access;

import dev.fairlead.core.allow.AllowLists;
import dev.fairlead.core.allow.CallScope;
import dev.fairlead.core.allow.ListObjection;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.jwt.AccessToken;
import dev.fairlead.core.jwt.TokenCheck;
import dev.fairlead.core.jwt.TokenFault;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.data.access.PresentedKey.KeyAndToken;
import dev.fairlead.data.access.PresentedKey.Misplaced;
import dev.fairlead.data.access.PresentedKey.None;
import dev.fairlead.data.access.PresentedKey.One;
import dev.fairlead.data.access.PresentedKey.Several;
import dev.fairlead.data.access.PresentedKey.Token;
import dev.fairlead.data.access.PresentedKey.Unfit;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Refusal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a caller is let in, and as whom.
public sealed interface Admission {
    Admitted NOBODY = new Admitted(Tenant.PUBLIC, null, null, null);
    Admission PUBLIC = NOBODY;

    /// @param key null for whoever brings none
    /// @param token null for whoever brings none
    /// @param scope which calls it may make; null for all that are open to its tenant
    record Admitted(
            Tenant tenant,
            @Nullable ApiKey key,
            @Nullable AccessToken token,
            @Nullable CallScope scope) implements Admission {}

    /// @param caller who it is, as far as that is known
    /// @param fault what is wrong with its token, where no check of the token said so; else null
    /// @param objection of a list, where one refuses; else null
    record Rejected(
            Admitted caller,
            Refused refused,
            @Nullable TokenFault fault,
            @Nullable ListObjection objection) implements Admission {
        /// The key that is not valid any more, where one was brought; else null.
        public @Nullable ApiKey invalidKey() {
            return refused.why() == Refusal.UNAUTHORIZED ? caller.key() : null;
        }

        /// In whose style it is told: what is wrong with a key reads alike, known here or not.
        public Tenant addressee() {
            return invalidKey() == null ? caller.tenant() : Tenant.PUBLIC;
        }

        Rejected(Admitted caller, Refused refused) {
            this(caller, refused, null, null);
        }

        Rejected(Admitted caller, Refused refused, TokenFault fault) {
            this(caller, refused, fault, null);
        }
    }

    /// What a caller says of itself.
    record Sender(@Nullable String origin, @Nullable String agent) {}

    /// What was found of that which a caller presents.
    ///
    /// @param key the key that was presented, if it is known; else null
    /// @param gone what an unknown key was before it was revoked, if that is known; else null
    /// @param token what came of checking the token that was presented; null where none was checked
    record Finding(
            @Nullable ApiKey key,
            @Nullable ApiKey gone,
            @Nullable TokenCheck token) {
        public static final Finding NOTHING = new Finding(null, null, null);
    }

    String NEEDED = "A key is needed here; send it as X-API-Key, as Authorization: Bearer, or at the end of the path";
    String UNKNOWN = "The key is not known here; compare it with the one you were given, or ask for a new one";
    String EXPIRED = "The key has expired; ask for a new one";
    /// Why is told to the operator alone.
    String TOKEN = "The token is not accepted; ask for a new one";
    String TOKEN_NEEDED =
            "A token is needed besides this key; send it as Authorization: Bearer, and the key as X-API-Key "
                    + "or at the end of the path";
    String KEY_BESIDES = "A key is needed besides this token; send it as X-API-Key or at the end of the path";
    String MISPLACED = "This is a token, and stands where keys do; send it as Authorization: Bearer";
    String TOO_MANY = "too many tokens from your address were refused; try again in a few seconds";
    String TOO_MANY_OF_ALL =
            "too many tokens are refused right now, some of your address among them; try again in a few seconds";

    /// @param chain the one that is asked for; null when there is none such
    static Admission of(
            AccessPolicy policy,
            @Nullable String chain,
            PresentedKey presented,
            Finding found,
            Sender sender,
            Instant now) {
        if (!policy.takesKeys()) return PUBLIC;
        return switch (presented) {
            case None _ -> chain == null || policy.isPublic(chain) ? PUBLIC : rejected(Refusal.KEY_NEEDED, NEEDED);
            case One _ -> byKey(policy, found, sender, now);
            case Token _ -> byToken(policy, null, found.token(), sender);
            case KeyAndToken _ -> byBoth(policy, found, sender, now);
            case Unfit _ -> rejected(Refusal.UNAUTHORIZED, UNKNOWN);
            case Misplaced _ -> misplaced(policy);
            case Several _ ->
                rejected(
                        Refusal.INVALID_REQUEST,
                        "Expected one key, found several that differ; send it in one place: path, X-API-Key or "
                                + "Authorization");
        };
    }

    private static Admission byKey(AccessPolicy policy, Finding found, Sender sender, Instant now) {
        ApiKey key = found.key();
        if (key == null) return invalid(policy, found.gone(), UNKNOWN);
        if (key.isExpired(now)) return invalid(policy, key, EXPIRED);
        if (policy.issuers().demandsBoth(key.tenant())) {
            var caller = new Admitted(new Tenant(key.tenant()), key, null, null);
            return new Rejected(caller, new Refused(Refusal.TOKEN_REFUSED, TOKEN_NEEDED), TokenFault.TOKEN_MISSING);
        }
        return within(policy, key.tenant(), key, null, sender);
    }

    /// Its tenant is who has to be told, and whose calls are counted as refused.
    ///
    /// @param key which it was; null when that is not known
    private static Admission invalid(AccessPolicy policy, @Nullable ApiKey key, String detail) {
        if (key == null || !policy.hasTenant(key.tenant())) return rejected(Refusal.UNAUTHORIZED, detail);
        var caller = new Admitted(new Tenant(key.tenant()), key, null, null);
        return new Rejected(caller, new Refused(Refusal.UNAUTHORIZED, detail));
    }

    private static Admission byBoth(AccessPolicy policy, Finding found, Sender sender, Instant now) {
        ApiKey key = found.key();
        if (key == null) return invalid(policy, found.gone(), UNKNOWN);
        if (key.isExpired(now)) return invalid(policy, key, EXPIRED);
        return byToken(policy, key, found.token(), sender);
    }

    private static Admission byToken(
            AccessPolicy policy, @Nullable ApiKey key, @Nullable TokenCheck check, Sender sender) {
        if (check instanceof TokenCheck.Bad(var fault, var _, var _)) return refused(fault);
        if (!(check instanceof TokenCheck.Good(var token))) return rejected(Refusal.TOKEN_REFUSED, TOKEN);
        if (key == null && policy.issuers().demandsBoth(token.tenant())) {
            var caller = new Admitted(new Tenant(token.tenant()), null, token, null);
            return new Rejected(caller, new Refused(Refusal.TOKEN_REFUSED, KEY_BESIDES), TokenFault.KEY_MISSING);
        }
        if (key != null && !key.tenant().equals(token.tenant())) {
            return new Rejected(NOBODY, new Refused(Refusal.TOKEN_REFUSED, TOKEN), TokenFault.WRONG_TENANT);
        }
        return within(policy, token.tenant(), key, token, sender);
    }

    private static Admission refused(TokenFault fault) {
        return switch (fault) {
            case TOO_MANY -> tooMany(TOO_MANY);
            case TOO_MANY_OF_ALL -> tooMany(TOO_MANY_OF_ALL);
            case MALFORMED,
                    TOO_LONG,
                    ALGORITHM,
                    HEADER,
                    MALFORMED_CLAIM,
                    MISSPELLED_CLAIM,
                    NO_EXPIRY,
                    EXPIRED,
                    NOT_YET_VALID,
                    NO_AUDIENCE,
                    WRONG_AUDIENCE,
                    WRONG_ISSUER,
                    WRONG_TENANT,
                    UNKNOWN_KEY,
                    AMBIGUOUS,
                    SIGNATURE,
                    KEY_MISSING,
                    TOKEN_MISSING,
                    MISPLACED -> rejected(Refusal.TOKEN_REFUSED, TOKEN);
        };
    }

    /// A budget has room again after four seconds at the latest.
    private static Admission tooMany(String detail) {
        return new Rejected(NOBODY, new Refused(Refusal.LIMITED, detail, Slice.NONE, Duration.ofSeconds(4)));
    }

    private static Admission misplaced(AccessPolicy policy) {
        if (policy.issuers().isEmpty()) return rejected(Refusal.UNAUTHORIZED, UNKNOWN);
        return new Rejected(NOBODY, new Refused(Refusal.TOKEN_REFUSED, MISPLACED), TokenFault.MISPLACED);
    }

    /// Held against the lists of the tenant, and against what the token allows.
    private static Admission within(
            AccessPolicy policy, String name, @Nullable ApiKey key, @Nullable AccessToken token, Sender sender) {
        var tenant = new Tenant(name);
        AllowLists own = policy.lists(tenant);
        AllowLists narrower = token == null ? AllowLists.NONE : token.lists();
        var caller = new Admitted(tenant, key, token, CallScope.of(own, narrower));
        ListObjection objection = own.objection(sender.origin(), sender.agent());
        if (objection != null) return forbidden(caller, objection);
        ListObjection inner = narrower.objection(sender.origin(), sender.agent());
        return inner == null ? caller : forbidden(caller, inner.ofToken());
    }

    private static Admission forbidden(Admitted caller, ListObjection objection) {
        return new Rejected(caller, new Refused(Refusal.FORBIDDEN, objection.text()), null, objection);
    }

    private static Admission rejected(Refusal why, String detail) {
        return new Rejected(NOBODY, new Refused(why, detail));
    }
}
