package dev.fairlead.control.operate;

import static java.util.Collections.unmodifiableSet;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.fairlead.control.store.AddedTenant;
import dev.fairlead.control.store.StoredDeclarations;
import dev.fairlead.control.store.StoredKeys;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.MethodPolicy;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.policy.Route;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.core.policy.TenantPlan;
import dev.fairlead.core.text.KeyPlaces;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// The tenants of the file and of the store with their keys. Where both declare a tenant, the file wins. Of a
/// tenant that neither declares any more, the keys are refused; it still counts as a tenant, so that the
/// gateway does not open to everybody because it is gone.
///
/// @param plan all of them, and the keys that are accepted
/// @param added those that were added at run time
/// @param keys of all of them, those that are refused included
/// @param undeclared tenants of which nothing but keys is left
/// @param places where the file's keys stand
/// @param remarks what an operator should know
public record MergedTenants(
        PolicyPlan plan,
        Map<String, AddedTenant> added,
        StoredKeys keys,
        Set<String> undeclared,
        KeyPlaces places,
        List<String> remarks) {
    private static final String TENANTS = "tenants.";
    static final MergedTenants NOTHING = of(PolicyPlan.NONE, KeyPlaces.NONE, StoredDeclarations.nothing(0));

    private static final int NAMED = 10;

    /// Who declares a tenant.
    public enum Origin {
        FILE,
        ADDED,
        /// Nobody any more.
        UNDECLARED
    }

    static MergedTenants of(PolicyPlan file, KeyPlaces places, StoredDeclarations stored) {
        var remarks = new ArrayList<String>();
        var tenants = new LinkedHashMap<String, TenantPlan>();
        for (TenantPlan tenant : file.tenants()) tenants.put(tenant.name(), tenant);
        var added = new ArrayList<AddedTenant>();
        for (AddedTenant tenant : stored.tenants()) {
            if (tenants.putIfAbsent(tenant.name(), tenant.plan()) == null) added.add(tenant);
            else remarks.add(rival(tenant.name()));
        }
        Set<String> undeclared = undeclared(tenants.keySet(), stored.keys());
        for (String name : undeclared) tenants.put(name, plan(name));
        if (!undeclared.isEmpty()) remarks.add(refused(undeclared));
        naming(file, places).forEach((name, keys) -> {
            if (!tenants.containsKey(name)) remarks.add(missing(name, keys));
        });
        return new MergedTenants(
                new PolicyPlan(
                        file.general(),
                        file.routes(),
                        file.limits(),
                        List.copyOf(tenants.values()),
                        accepted(stored.keys().all(), undeclared)),
                added.stream().collect(toUnmodifiableMap(AddedTenant::name, Function.identity())),
                stored.keys(),
                undeclared,
                places,
                List.copyOf(remarks));
    }

    private static List<ApiKey> accepted(List<ApiKey> keys, Set<String> undeclared) {
        if (undeclared.isEmpty()) return keys;
        return keys.stream().filter(key -> !undeclared.contains(key.tenant())).toList();
    }

    private static Set<String> undeclared(Set<String> declared, StoredKeys keys) {
        var undeclared = new TreeSet<String>();
        String last = "";
        for (ApiKey key : keys.all()) {
            if (key.tenant().equals(last)) continue;
            last = key.tenant();
            if (!declared.contains(last)) undeclared.add(last);
        }
        return unmodifiableSet(undeclared);
    }

    private static TenantPlan plan(String name) {
        return new TenantPlan(name, MethodPolicy.NONE);
    }

    /// Which routes and limits name which tenants, with their places.
    private static Map<String, Set<String>> naming(PolicyPlan file, KeyPlaces places) {
        var naming = new LinkedHashMap<String, Set<String>>();
        for (Route route : file.routes()) {
            if (route.tenant() != null) name(naming, route.tenant(), route.key() + ".tenant", places);
        }
        for (Limit limit : file.limits()) {
            if (limit.tenant() != null) name(naming, limit.tenant(), limit.key() + ".tenant", places);
            for (String exempt : limit.exempt().tenants()) {
                name(naming, exempt, limit.key() + ".exempt_tenants", places);
            }
        }
        naming.remove(Tenant.PUBLIC.name());
        return naming;
    }

    private static void name(Map<String, Set<String>> naming, String tenant, String key, KeyPlaces places) {
        String place = places.of(key);
        naming.computeIfAbsent(tenant, _ -> new LinkedHashSet<>())
                .add(place.isEmpty() ? key : key + " (" + place + ")");
    }

    private static String missing(String tenant, Set<String> keys) {
        return "there is no tenant " + tenant + " yet, so what names it has no effect: " + listed(keys)
                + "; `fairlead tenants add " + tenant + "` adds it, and then it counts at once";
    }

    private static String listed(Set<String> names) {
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return String.join(", ", names.stream().limit(NAMED).toList()) + more;
    }

    private static String rival(String tenant) {
        return "tenant " + tenant + " was added at run time, and the file declares it: the file's is used;"
                + " `fairlead tenants remove " + tenant + "` forgets the other";
    }

    private static String refused(Set<String> tenants) {
        return "the keys of " + listed(tenants) + " are refused, because these tenants are not declared any more:"
                + " `fairlead tenants add NAME` accepts them again, `fairlead tenants remove NAME --force` revokes them";
    }

    public Optional<TenantPlan> tenant(String name) {
        return plan.tenants().stream()
                .filter(tenant -> tenant.name().equals(name))
                .findFirst();
    }

    /// Where a rule is declared, by its key: `fairlead.toml:12`, or by which order. Empty where it stands
    /// nowhere, as what holds without a word does.
    public String placeOf(String key) {
        String place = places.of(key);
        if (!place.isEmpty() || !key.startsWith(TENANTS)) return place;
        int dot = key.indexOf('.', TENANTS.length());
        AddedTenant tenant = added.get(key.substring(TENANTS.length(), dot < 0 ? key.length() : dot));
        if (tenant == null) return "";
        String who = tenant.orderedBy() == null ? "by order" : "by order of " + tenant.orderedBy();
        return who + " at " + tenant.orderedAt().truncatedTo(ChronoUnit.SECONDS);
    }

    /// What opens a method to a tenant, and to no other where that is possible.
    public String opener(String tenant, String method) {
        AddedTenant own = added.get(tenant);
        if (own == null) {
            String key = tenant(tenant).isPresent() ? TENANTS + tenant : "policy";
            return key + ".allow = [\"" + method + "\"] opens it";
        }
        String others = own.plan().methods().allow().isEmpty() ? "" : ", with --allow for each pattern that it has,";
        return "fairlead tenants update " + tenant + " --allow " + method + others + " opens it";
    }

    /// Of one that is there; a name that is not is nobody's.
    public Origin origin(String tenant) {
        if (undeclared.contains(tenant)) return Origin.UNDECLARED;
        if (added.containsKey(tenant)) return Origin.ADDED;
        return tenant(tenant).isPresent() ? Origin.FILE : Origin.UNDECLARED;
    }
}
