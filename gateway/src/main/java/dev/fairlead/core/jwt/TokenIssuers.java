package dev.fairlead.core.jwt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys of all tenants that take tokens, found by what a token says of itself, however many tenants there are.
public final class TokenIssuers {
    public static final TokenIssuers NONE = new TokenIssuers(Map.of());

    /// How many keys are tried at the most.
    static final int MOST_TRIED = 8;

    private static final int MOST_NAMED = 3;

    private final Map<String, TokenPlan> plans;
    private final Map<Mark, List<Candidate>> byMark = new HashMap<>();

    private final Map<Mark, List<KeySetUrl>> fetched = new HashMap<>();
    /// Each `aud` that is taken, with each `iss`; null among these for any.
    private final Map<String, Set<@Nullable String>> audiences = new HashMap<>();

    /// `kid` of every key.
    private final Set<String> named = new HashSet<>();

    /// A key that a token may be signed by, and whose tenant's calls it would stand for.
    record Candidate(String tenant, TokenPlan plan, TokenKey key) {}

    /// Which keys are meant.
    private sealed interface Kid {
        record Named(String id) implements Kid {}

        /// Those for tokens with any `kid` or none.
        record Unnamed() implements Kid {}

        /// Of any name or none.
        record Any() implements Kid {}
    }

    private static final Kid ANY = new Kid.Any();
    private static final Kid UNNAMED = new Kid.Unnamed();

    /// What a token must say for a key to come into question.
    private record Mark(
            Kid kid,
            String audience,
            @Nullable String issuer,
            @Nullable TokenAlgorithm algorithm) {}

    /// @param plans by tenant
    public TokenIssuers(Map<String, TokenPlan> plans) {
        this.plans = Map.copyOf(plans);
        plans.forEach((tenant, plan) -> {
            addFetched(plan);
            audiences.computeIfAbsent(plan.audience(), _ -> new HashSet<>()).add(plan.issuer());
            for (TokenKey key : plan.keys()) {
                var candidate = new Candidate(tenant, plan, key);
                add(key.id() == null ? UNNAMED : new Kid.Named(key.id()), candidate);
                if (key.id() != null) named.add(key.id());
                add(ANY, candidate);
            }
        });
    }

    private void add(Kid kid, Candidate candidate) {
        TokenPlan plan = candidate.plan();
        var mark = new Mark(kid, plan.audience(), plan.issuer(), candidate.key().algorithm());
        byMark.computeIfAbsent(mark, _ -> new ArrayList<>()).add(candidate);
    }

    private void addFetched(TokenPlan plan) {
        RemoteKeySet remote = plan.remote();
        if (remote == null) return;
        List<KeySetUrl> known =
                fetched.computeIfAbsent(new Mark(ANY, plan.audience(), plan.issuer(), null), _ -> new ArrayList<>());
        if (!known.contains(remote.from()) && known.size() < MOST_TRIED) known.add(remote.from());
    }

    public boolean isEmpty() {
        return plans.isEmpty();
    }

    public boolean takesTokensOf(String tenant) {
        return plans.containsKey(tenant);
    }

    /// Whether the tenant's callers must bring both an API key and a token.
    public boolean demandsBoth(String tenant) {
        return plans.getOrDefault(tenant, TokenPlan.NONE).required();
    }

    /// Whether what a token was checked by is still declared so.
    public boolean stillHas(AccessToken token) {
        TokenPlan plan = plans.get(token.tenant());
        return plan != null && plan.equals(token.plan());
    }

    /// @param only the tenant whose API key came along; null when none did
    List<Candidate> candidates(BearerToken.Read token, @Nullable String only) {
        return only == null ? ofAll(token) : ofOne(token, only);
    }

    /// Why there is no key for the token.
    ///
    /// @param only the tenant whose API key came along; null when none did
    TokenFault unmatched(BearerToken.Read token, @Nullable String only) {
        TokenClaims claims = token.claims();
        if (claims.audiences().isEmpty()) return TokenFault.NO_AUDIENCE;
        if (only != null && (!plans.containsKey(only) || !ofAll(token).isEmpty())) return TokenFault.WRONG_TENANT;
        Set<@Nullable String> issuers = only == null ? issuers(claims) : issuers(claims, only);
        if (issuers.isEmpty()) return TokenFault.WRONG_AUDIENCE;
        if (!issuers.contains(null) && !issuers.contains(claims.issuer())) return TokenFault.WRONG_ISSUER;
        return isNamedByOthers(token, only) ? TokenFault.WRONG_TENANT : TokenFault.UNKNOWN_KEY;
    }

    /// The tenants that take tokens with such an `aud` and `iss`, for operators; of many the first ones.
    String named(TokenClaims claims) {
        List<String> tenants = plans.entrySet().stream()
                .filter(each -> claims.audiences().contains(each.getValue().audience()))
                .filter(each -> each.getValue().issuer() == null
                        || each.getValue().issuer().equals(claims.issuer()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (tenants.isEmpty()) return "no tenant";
        String first = String.join(", ", tenants.stream().limit(MOST_NAMED).toList());
        return tenants.size() > MOST_NAMED ? first + " and " + (tenants.size() - MOST_NAMED) + " more" : first;
    }

    /// Each `iss` that is taken with one of the token's `aud`.
    private Set<@Nullable String> issuers(TokenClaims claims) {
        var all = new HashSet<@Nullable String>();
        for (String audience : claims.audiences()) all.addAll(audiences.getOrDefault(audience, Set.of()));
        return all;
    }

    private Set<@Nullable String> issuers(TokenClaims claims, String tenant) {
        TokenPlan plan = plans.getOrDefault(tenant, TokenPlan.NONE);
        var all = new HashSet<@Nullable String>();
        if (claims.audiences().contains(plan.audience())) all.add(plan.issuer());
        return all;
    }

    /// Whether a key of its `kid` is there, but of none whose `aud` and `iss` it has.
    private boolean isNamedByOthers(BearerToken.Read token, @Nullable String only) {
        if (token.kid() == null || !named.contains(token.kid())) return false;
        if (only != null) {
            List<TokenKey> keys = plans.getOrDefault(only, TokenPlan.NONE).keys();
            return keys.stream().noneMatch(key -> token.kid().equals(key.id()));
        }
        var kid = new Kid.Named(token.kid());
        for (String audience : token.claims().audiences()) {
            for (TokenAlgorithm algorithm : TokenAlgorithm.values()) {
                boolean isTheirs = byMark.containsKey(new Mark(kid, audience, null, algorithm))
                        || byMark.containsKey(
                                new Mark(kid, audience, token.claims().issuer(), algorithm));
                if (isTheirs) return false;
            }
        }
        return true;
    }

    /// Sets of keys that are fetched, and from which a token that says so of itself may come; a few.
    List<KeySetUrl> fetched(BearerToken.Read token, @Nullable String only) {
        if (only != null) {
            RemoteKeySet remote = isForPlan(token, only)
                    ? plans.getOrDefault(only, TokenPlan.NONE).remote()
                    : null;
            return remote == null ? List.of() : List.of(remote.from());
        }
        if (fetched.isEmpty()) return List.of();
        var found = new ArrayList<KeySetUrl>();
        String issuer = token.claims().issuer();
        for (String audience : token.claims().audiences()) {
            found.addAll(fetched.getOrDefault(new Mark(ANY, audience, null, null), List.of()));
            if (issuer != null) found.addAll(fetched.getOrDefault(new Mark(ANY, audience, issuer, null), List.of()));
            if (found.size() >= MOST_TRIED) break;
        }
        return found.stream().distinct().limit(MOST_TRIED).toList();
    }

    /// Whether there is a key of the very name that the token gives.
    boolean hasNamed(BearerToken.Read token, @Nullable String only) {
        return token.kid() != null
                && candidates(token, only).stream()
                        .anyMatch(each -> token.kid().equals(each.key().id()));
    }

    private List<Candidate> ofAll(BearerToken.Read token) {
        List<Kid> kids = token.kid() == null ? List.of(ANY) : List.of(new Kid.Named(token.kid()), UNNAMED);
        var found = new ArrayList<Candidate>();
        String issuer = token.claims().issuer();
        for (String audience : token.claims().audiences()) {
            for (Kid kid : kids) {
                found.addAll(of(kid, audience, null, token));
                if (issuer != null) found.addAll(of(kid, audience, issuer, token));
                if (found.size() > MOST_TRIED) return found;
            }
        }
        return found;
    }

    private List<Candidate> of(Kid kid, String audience, @Nullable String issuer, BearerToken.Read token) {
        return byMark.getOrDefault(new Mark(kid, audience, issuer, token.algorithm()), List.of());
    }

    private List<Candidate> ofOne(BearerToken.Read token, String tenant) {
        if (!isForPlan(token, tenant)) return List.of();
        TokenPlan plan = plans.getOrDefault(tenant, TokenPlan.NONE);
        return plan.keys().stream()
                .filter(key -> key.algorithm() == token.algorithm() && key.isFor(token.kid()))
                .map(key -> new Candidate(tenant, plan, key))
                .toList();
    }

    private boolean isForPlan(BearerToken.Read token, String tenant) {
        TokenPlan plan = plans.get(tenant);
        return plan != null
                && token.claims().audiences().contains(plan.audience())
                && (plan.issuer() == null || plan.issuer().equals(token.claims().issuer()));
    }
}
