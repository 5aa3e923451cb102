package dev.fairlead.core.jwt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of all tenants that take tokens, found by what a token says of itself, however many tenants there are.
public final class TokenIssuers {
    public static final TokenIssuers NONE = new TokenIssuers(Map.of());

    /// How many keys are tried at the most.
    static final int MOST_TRIED = 8;

    private static final String ANY = "\0any";
    private static final String UNNAMED = "\0unnamed";

    private final Map<String, TokenPlan> plans;
    private final Map<Mark, List<Candidate>> byMark = new HashMap<>();

    private final Map<Mark, List<KeySetUrl>> fetched = new HashMap<>();

    /// A key that a token may be signed by, and whose tenant's calls it would stand for.
    record Candidate(String tenant, TokenPlan plan, TokenKey key) {}

    /// What a token must say for a key to come into question.
    private record Mark(
            String kid,
            String audience,
            @Nullable String issuer,
            @Nullable TokenAlgorithm algorithm) {}

    /// @param plans by tenant
    public TokenIssuers(Map<String, TokenPlan> plans) {
        this.plans = Map.copyOf(plans);
        plans.forEach((tenant, plan) -> {
            addFetched(plan);
            for (TokenKey key : plan.keys()) {
                var candidate = new Candidate(tenant, plan, key);
                add(key.id() == null ? UNNAMED : key.id(), candidate);
                add(ANY, candidate);
            }
        });
    }

    private void add(String kid, Candidate candidate) {
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
        String[] kids = token.kid() == null ? new String[] {ANY} : new String[] {token.kid(), UNNAMED};
        var found = new ArrayList<Candidate>();
        String issuer = token.claims().issuer();
        for (String audience : token.claims().audiences()) {
            for (String kid : kids) {
                found.addAll(of(kid, audience, null, token));
                if (issuer != null) found.addAll(of(kid, audience, issuer, token));
                if (found.size() > MOST_TRIED) return found;
            }
        }
        return found;
    }

    private List<Candidate> of(String kid, String audience, @Nullable String issuer, BearerToken.Read token) {
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
