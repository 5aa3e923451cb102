package dev.fairlead;

import dev.fairlead.core.allow.AllowLists;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.Method.Kind;
import dev.fairlead.core.logs.LogMethod;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.Tenant;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What a call must keep besides being open: who may make it, what it may reach, and how much it may ask, each with
/// the place that says so.
///
/// @param places where a key of the configuration stands; empty when it stands nowhere
record CallRules(AccessPolicy policy, UnaryOperator<String> places) {
    /// Empty where there is none.
    String of(Tenant tenant, String chain, Method method) {
        return caps(tenant, chain, method) + transactions(tenant, chain, method) + callers(tenant);
    }

    private String placed(String key) {
        String place = places.apply(key);
        return place.isEmpty() ? key : key + " (" + place + ")";
    }

    /// What is demanded of a submission; empty for other methods.
    private String transactions(Tenant tenant, String chain, Method method) {
        if (method.kind() != Kind.SUBMISSION) return "";
        String rules = policy.saidOfTransactions(tenant, chain).stream()
                .map(rule -> rule.text() + " by " + placed(rule.key()))
                .collect(Collectors.joining(", "));
        return rules.isEmpty() ? "" : "; of transactions: " + rules;
    }

    /// How much a query for logs may ask; empty for other methods.
    private String caps(Tenant tenant, String chain, Method method) {
        return policy.logs(tenant, chain).of(LogMethod.of(method.name())).stream()
                .map(rule -> "; at most " + rule.most() + " " + rule.cap().word() + " by " + placed(rule.key()))
                .collect(Collectors.joining());
    }

    /// Who is known as the tenant, and what its callers may reach; empty where keys alone decide.
    private String callers(Tenant tenant) {
        var text = new StringBuilder();
        String key = "tenants." + tenant.name();
        if (policy.issuers().takesTokensOf(tenant.name())) {
            boolean both = policy.issuers().demandsBoth(tenant.name());
            text.append(both ? "; to callers with a key and a token" : "; to callers with a key or a token")
                    .append(" by ")
                    .append(placed(key + ".jwt"));
        }
        AllowLists lists = policy.lists(tenant);
        if (!lists.addresses().isEmpty()) text.append("; for contracts of ").append(placed(key + ".addresses"));
        if (!lists.origins().isEmpty()) text.append("; from pages of ").append(placed(key + ".origins"));
        if (!lists.agents().isEmpty()) text.append("; from clients of ").append(placed(key + ".agents"));
        return text.toString();
    }
}
