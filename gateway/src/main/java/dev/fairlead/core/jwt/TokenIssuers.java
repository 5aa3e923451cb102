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

    /// A key that a token may be signed by, and whose tenant's calls it would stand for.
    record Candidate(String tenant, TokenPlan plan, TokenKey key) {}

    /// What a token must say for a key to come into question.
    private record Mark(
            String kid, String audience, @Nullable String issuer, TokenAlgorithm algorithm) {}

    /// @param plans by tenant
    public TokenIssuers(Map<String, TokenPlan> plans) {
        this.plans = Map.copyOf(plans);
        plans.forEach((tenant, plan) -> {
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

    public boolean isEmpty() {
        return plans.isEmpty();
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
        TokenPlan plan = plans.get(tenant);
        if (plan == null || !token.claims().audiences().contains(plan.audience())) return List.of();
        if (plan.issuer() != null && !plan.issuer().equals(token.claims().issuer())) return List.of();
        return plan.keys().stream()
                .filter(key -> key.algorithm() == token.algorithm() && key.isFor(token.kid()))
                .map(key -> new Candidate(tenant, plan, key))
                .toList();
    }
}
