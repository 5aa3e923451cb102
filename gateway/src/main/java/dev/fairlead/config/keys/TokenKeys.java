package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.ListOf;
import dev.fairlead.config.Scalar;
import dev.fairlead.config.Scalars;
import dev.fairlead.config.Table;
import dev.fairlead.config.TokenKeyFiles;
import dev.fairlead.config.file.FileReading;
import dev.fairlead.core.jwt.KeySource;
import dev.fairlead.core.jwt.TokenPlan;
import dev.fairlead.core.policy.TenantPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of a tenant's JSON Web Tokens: `[tenants.<tenant>.jwt]`.
final class TokenKeys {
    static final Key<TokenPlan, List<KeySource>> KEYS = new Key<>(
            "keys",
            new ListOf<>(TokenKeyFiles.pem()),
            TokenPlan::files,
            "PEM files with a public key each, three at the most; a file's name without its ending is the `kid` of its tokens.");
    static final Key<TokenPlan, KeySource> JWKS = new Key<>(
            "jwks",
            TokenKeyFiles.jwks(),
            plan -> plan.set(),
            "A set of three public keys at the most, in a JWKS file, instead of `keys`.");
    static final Key<TokenPlan, String> AUDIENCE = new Key<TokenPlan, String>(
                    "audience", text("audience"), TokenPlan::audience, "What `aud` of its tokens must name.")
            .needed();
    static final Key<TokenPlan, String> ISSUER = new Key<TokenPlan, String>(
                    "issuer", text("issuer"), plan -> plan.issuer(), "What `iss` of its tokens must be.")
            .otherwise("any");
    static final Key<TokenPlan, Boolean> REQUIRED = new Key<>(
            "required",
            Scalars.flag(),
            TokenPlan::required,
            "Whether its callers must bring both an API key and a token; else either will do.");
    static final Key<TenantPlan, @Nullable TokenPlan> JWT = new Key<>(
            "jwt",
            new Table<>(
                    "tenants.<tenant>.jwt",
                    "JSON Web Tokens by which its callers are known; see [policy](policy.md#json-web-tokens).",
                    TokenPlan.NONE,
                    List.of(KEYS, JWKS, AUDIENCE, ISSUER, REQUIRED),
                    values -> new TokenPlan(
                            values.of(KEYS),
                            values.orNull(JWKS),
                            values.of(AUDIENCE),
                            values.orNull(ISSUER),
                            values.of(REQUIRED))),
            tenant -> tenant.tokens().isNone() ? null : tenant.tokens(),
            "Tokens by which its callers are known.");

    private TokenKeys() {}

    private static Scalar<String> text(String kind) {
        return Scalars.text(kind, "a text of up to 256 characters", "[ -~]{1,256}");
    }

    /// What single keys cannot tell.
    static void check(List<TenantPlan> tenants, FileReading reading) {
        for (TenantPlan tenant : tenants) {
            TokenPlan plan = tenant.tokens();
            if (plan.isNone()) continue;
            String objection = objection(plan);
            if (objection != null) reading.fault(reading.placeOf(List.of("tenants", tenant.name(), "jwt")), objection);
        }
    }

    private static @Nullable String objection(TokenPlan plan) {
        boolean hasFiles = !plan.files().isEmpty();
        if (hasFiles == (plan.set() != null)) {
            return "expected either keys or jwks, found " + (hasFiles ? "both" : "none");
        }
        if (plan.files().size() > TokenPlan.MOST_KEYS) {
            return "expected at most " + TokenPlan.MOST_KEYS + " keys, found "
                    + plan.files().size();
        }
        return null;
    }
}
