package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.ListOf;
import dev.fairlead.config.Scalar;
import dev.fairlead.config.Scalars;
import dev.fairlead.config.Table;
import dev.fairlead.config.TableValues;
import dev.fairlead.config.TokenKeyFiles;
import dev.fairlead.config.file.FileReading;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.jwt.KeySetUrl;
import dev.fairlead.core.jwt.KeySource;
import dev.fairlead.core.jwt.RemoteKeySet;
import dev.fairlead.core.jwt.TokenPlan;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.url.NodeUrl.Good;
import dev.fairlead.core.url.StrictUrl;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The keys of a tenant's JSON Web Tokens: `[tenants.<tenant>.jwt]`.
final class TokenKeys {
    private static final Duration USUAL_REFRESH = Duration.ofMinutes(5);
    private static final String BASIC = "Basic ";
    static final Key<TokenPlan, List<KeySource>> KEYS = new Key<>(
            "keys",
            new ListOf<>(TokenKeyFiles.pem()),
            TokenPlan::files,
            "PEM files with a public key each, three at the most; a file's name without its ending is the `kid` of its tokens.");
    static final Key<TokenPlan, KeySource> JWKS = new Key<>(
            "jwks",
            TokenKeyFiles.jwks(),
            plan -> plan.set(),
            "A set of 16 keys for tokens at the most, in a JWKS file, instead of `keys`; other keys in it are passed over.");
    static final Key<TokenPlan, Good> URL = new Key<>(
            "jwks_url",
            Scalars.url("http", StrictUrl::http),
            plan -> plan.remote() == null ? null : declared(plan.remote().from()),
            "Where such a set is fetched instead, at the start and every `jwks_refresh`; `user:password@` in it is sent as "
                    + "basic authentication.");
    static final Key<TokenPlan, Duration> REFRESH = new Key<>(
            "jwks_refresh",
            Scalars.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
            plan -> plan.remote() == null ? USUAL_REFRESH : plan.remote().refresh(),
            "After half of it to all of it the set is fetched again; a `kid` that is not known yet has it fetched at once, once a minute at the most.");
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
                    List.of(KEYS, JWKS, URL, REFRESH, AUDIENCE, ISSUER, REQUIRED),
                    values -> new TokenPlan(
                            values.of(KEYS),
                            values.orNull(JWKS),
                            remote(values),
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
            List<String> place = List.of("tenants", tenant.name(), "jwt");
            noteUnused(plan, tenant.name(), reading);
            String objection = isHalfRead(tenant.name(), reading) ? null : objection(plan);
            if (objection != null) reading.fault(reading.placeOf(place), objection);
            if (plan.remote() != null && isOpenOnTheWay(plan.remote().from().url())) {
                reading.notice(
                        reading.placeOf(List.of("tenants", tenant.name(), "jwt", "jwks_url")),
                        "these keys are fetched over http: whoever stands between could make tokens; use https");
            }
        }
    }

    /// Whether what is wrong with a key that was named is told already; then it is not told that none was.
    private static boolean isHalfRead(String tenant, FileReading reading) {
        return Stream.of(KEYS, JWKS, URL).anyMatch(key -> reading.isAtFault("tenants", tenant, "jwt", key.name()));
    }

    private static void noteUnused(TokenPlan plan, String tenant, FileReading reading) {
        if (plan.set() == null) return;
        for (String each : plan.set().passedOver()) {
            reading.notice(
                    reading.placeOf(List.of("tenants", tenant, "jwt", JWKS.name())),
                    "a key of this set is not used: " + each
                            + "; tokens are checked by RS256 (RSA of 2048 to 8192 bits), "
                            + "ES256 (P-256) and EdDSA (Ed25519)");
        }
    }

    private static @Nullable String objection(TokenPlan plan) {
        var said = new ArrayList<String>();
        if (!plan.files().isEmpty()) said.add("keys");
        if (plan.set() != null) said.add("jwks");
        if (plan.remote() != null) said.add("jwks_url");
        if (said.size() != 1) {
            return "expected one of keys, jwks and jwks_url, found "
                    + (said.isEmpty() ? "none" : String.join(" and ", said));
        }
        if (plan.files().size() > TokenPlan.MOST_FILES) {
            return "expected at most " + TokenPlan.MOST_FILES + " keys, found "
                    + plan.files().size();
        }
        return null;
    }

    /// Whoever stands between could put a key of their own into the set, and make tokens.
    private static boolean isOpenOnTheWay(URI url) {
        return "http".equals(url.getScheme()) && !isThisMachine(url.getHost());
    }

    private static boolean isThisMachine(String host) {
        if (host.equals("localhost") || host.endsWith(".localhost")) return true;
        try {
            return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException _) { // a name
            return false;
        }
    }

    private static @Nullable RemoteKeySet remote(TableValues<TokenPlan> values) {
        Good url = values.orNull(URL);
        Duration refresh = values.of(REFRESH);
        if (url == null && values.has(REFRESH)) values.fault(REFRESH, "expected jwks_url beside it, found none");
        return url == null ? null : new RemoteKeySet(new KeySetUrl(url.uri(), authorization(url)), refresh, List.of());
    }

    private static @Nullable String authorization(Good url) {
        if (url.auth() == null) return null;
        String pair = url.auth().user() + ":" + url.auth().password();
        return BASIC + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static Good declared(KeySetUrl from) {
        if (from.authorization() == null) return new Good(from.url(), null);
        byte[] pair = Base64.getDecoder().decode(from.authorization().substring(BASIC.length()));
        String[] parts = new String(pair, StandardCharsets.UTF_8).split(":", 2);
        return new Good(from.url(), new BasicAuth(parts[0], parts[1]));
    }
}
