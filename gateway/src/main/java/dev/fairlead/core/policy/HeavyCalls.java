package dev.fairlead.core.policy;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds calls that take more credits than there ever are, so that they would be told to come again for ever. Only
/// methods that are open to their callers matter: others are refused, whatever they take.
public final class HeavyCalls {
    /// What may yet be declared at run time.
    private static final ChainAccess ANY_CHAIN = new ChainAccess("", CallerPolicy.NONE, Map.of());

    private static final Tenant ANY_TENANT = new Tenant("");

    private final Credits credits;
    private final List<ChainAccess> chains;
    private final List<Tenant> callers;
    private final AccessPolicy access;

    /// @param onlyLoopback as [AccessPolicy#of] has it
    public HeavyCalls(PolicyPlan plan, List<ChainAccess> chains, boolean onlyLoopback) {
        List<TenantPlan> tenants = withThoseOfRoutes(plan);
        this.credits = plan.general().credits();
        this.chains = chains.isEmpty() ? List.of(ANY_CHAIN) : List.copyOf(chains);
        this.callers = callers(tenants);
        this.access =
                AccessPolicy.of(new PolicyPlan(plan.general(), plan.routes(), tenants), this.chains, onlyLoopback);
    }

    /// A route may open methods to a tenant that is added at run time.
    private static List<TenantPlan> withThoseOfRoutes(PolicyPlan plan) {
        var tenants = new ArrayList<>(plan.tenants());
        var names = new LinkedHashSet<String>();
        for (Route route : plan.routes()) if (route.tenant() != null) names.add(route.tenant());
        names.remove(Tenant.PUBLIC.name());
        for (TenantPlan tenant : plan.tenants()) names.remove(tenant.name());
        for (String name : names) tenants.add(new TenantPlan(name, MethodPolicy.NONE));
        return List.copyOf(tenants);
    }

    private static List<Tenant> callers(List<TenantPlan> tenants) {
        var callers = new ArrayList<Tenant>();
        callers.add(ANY_TENANT);
        callers.add(Tenant.PUBLIC);
        for (TenantPlan tenant : tenants) callers.add(new Tenant(tenant.name()));
        return List.copyOf(callers);
    }

    /// What is wrong with a limit; null when nothing is.
    public @Nullable String neverAtOnce(Limit limit) {
        if (credits.dearest() <= limit.most()) return null;
        String method = tooHeavy(limit.methods(), limit.most(), rules(limit));
        if (method == null) return null;
        return "a call of " + method + " takes " + credits.of(method)
                + " credits (policy.credits), and there are never more than " + limit.most()
                + " here, so that it could never pass; give it fewer credits, or more room here, or deny it";
    }

    /// What is wrong with a tenant's day; null when nothing is.
    public @Nullable String neverInADay(TenantPlan tenant) {
        if (tenant.daily() == 0 || credits.dearest() <= tenant.daily()) return null;
        String method = tooHeavy(List.of(), tenant.daily(), rules(new Tenant(tenant.name())));
        if (method == null) return null;
        return "a call of " + method + " takes " + credits.of(method)
                + " credits (policy.credits), more than a whole day has here,"
                + " so that it could never pass; give it fewer credits, or the day more, or deny it";
    }

    /// Patterns stand for the methods that nobody knows, and the table has the others.
    private @Nullable String tooHeavy(List<MethodPattern> counted, long most, Set<MethodRules> rules) {
        var names = new TreeSet<String>();
        for (MethodPattern pattern : counted) names.add(pattern.text());
        names.addAll(credits.weights().keySet());
        String pattern = tooHeavy(names, counted, most, rules);
        return pattern != null ? pattern : tooHeavy(new TreeSet<>(MethodTable.labels()), counted, most, rules);
    }

    private @Nullable String tooHeavy(
            Set<String> names, List<MethodPattern> counted, long most, Set<MethodRules> rules) {
        for (String name : names) {
            if (MethodPattern.match(counted, name) && credits.of(name) > most && isOpen(name, rules)) return name;
        }
        return null;
    }

    private static boolean isOpen(String name, Set<MethodRules> rules) {
        Method method = MethodTable.of(name);
        for (MethodRules each : rules) if (each.of(method) instanceof MethodDecision.Open) return true;
        return false;
    }

    private Set<MethodRules> rules(Limit limit) {
        var rules = new LinkedHashSet<MethodRules>();
        List<Tenant> counted = limit.tenant() == null ? callers : List.of(new Tenant(limit.tenant()));
        for (Tenant caller : counted) {
            for (ChainAccess chain : chains) {
                if (limit.isFor(caller, chain.chain()) && mayCall(caller, chain)) add(rules, caller, chain);
            }
        }
        return rules;
    }

    private Set<MethodRules> rules(Tenant caller) {
        var rules = new LinkedHashSet<MethodRules>();
        for (ChainAccess chain : chains) add(rules, caller, chain);
        return rules;
    }

    private boolean mayCall(Tenant caller, ChainAccess chain) {
        return !caller.equals(Tenant.PUBLIC) || access.isPublic(chain.chain());
    }

    private void add(Set<MethodRules> rules, Tenant caller, ChainAccess chain) {
        MethodRules each = access.rules(caller, chain.chain());
        if (each != null) rules.add(each);
    }
}
