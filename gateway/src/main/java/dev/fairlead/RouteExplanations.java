package dev.fairlead;

import dev.fairlead.control.admin.view.Explainer;
import dev.fairlead.core.allow.AllowLists;
import dev.fairlead.core.allow.CallScope;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Explanation;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.logs.LogMethod;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.MethodDecision.Closed;
import dev.fairlead.core.policy.MethodDecision.Open;
import dev.fairlead.core.policy.MethodRules;
import dev.fairlead.core.policy.Route;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.data.access.AccessGate;
import dev.fairlead.data.access.Admission;
import dev.fairlead.data.call.Answer.Known;
import dev.fairlead.data.call.Answer.Objected;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Answer.Served;
import dev.fairlead.data.failover.RouteExplainer;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lets the admin API ask the access policy and the router.
///
/// @param places where a key of the configuration stands; empty when it stands nowhere
/// @param openers what opens to a tenant a method
record RouteExplanations(
        Board<Fleet> fleet,
        Board<AccessPolicy> policy,
        RouteExplainer router,
        CallAllowances allowances,
        UnaryOperator<String> places,
        BinaryOperator<String> openers)
        implements Explainer {
    @Override
    public Explanation explain(String chain, Tenant tenant, Request request) {
        ChainState state = fleet.now().chain(chain);
        MethodRules rules = policy.now().rules(tenant, chain);
        if (!policy.now().hasTenant(tenant.name())) {
            return new Explanation(chain, request.method(), "", "no tenant is named " + tenant.name(), List.of());
        }
        if (state == null || rules == null) {
            return new Explanation(chain, request.method(), "", "no chain is named " + chain, List.of());
        }
        Method method = MethodTable.of(request.method());
        if (tenant.equals(Tenant.PUBLIC) && !policy.now().isPublic(chain)) {
            return RouteExplainer.closed(state, method.name(), "refused: " + Admission.NEEDED)
                    .with(keyNeeded(chain));
        }
        return switch (rules.of(method)) {
            case Open open
            when objection(tenant, request) != null ->
                RouteExplainer.closed(state, method.name(), "refused: " + objection(tenant, request))
                        .with(open.because(places) + callers(tenant));
            case Open open -> {
                Explanation told = router.explain(state, open.group(), method.name(), request.params());
                yield told.with(open.because(places) + caps(tenant, chain, method) + callers(tenant))
                        .with(
                                route(told, rules.route(method.name())),
                                allowances.of(policy.now(), tenant, chain, method));
            }
            case Closed closed ->
                RouteExplainer.closed(state, method.name(), refusal(method, closed))
                        .with(closed.because(method.name(), places, name -> openers.apply(tenant.name(), name)));
        };
    }

    /// What the tenant's lists have against the call; null when nothing, or when the call says nothing that they look
    /// at.
    private @Nullable String objection(Tenant tenant, Request request) {
        CallScope scope = CallScope.of(policy.now().lists(tenant));
        boolean saysNothing =
                request.params().isEmpty() || request.params().text().equals("[]");
        return scope == null || saysNothing
                ? null
                : scope.objection(MethodTable.of(request.method()), request.params());
    }

    /// What closes a chain to callers without a key.
    private String keyNeeded(String chain) {
        String closed = "closed to callers without a key ";
        for (String key : List.of("chains." + chain + ".policy.public", "policy.public")) {
            if (!places.apply(key).isEmpty()) return closed + "by " + placed(key);
        }
        return closed
                + "because there are tenants; policy.public = true opens it; explain --tenant NAME tells of a tenant";
    }

    /// What sends it to its group; empty where that needs no word.
    private String route(Explanation told, @Nullable Route route) {
        if (told.group().isEmpty()) return "";
        String goes = "goes to group " + told.group();
        if (route != null && route.group().equals(told.group())) return goes + " by " + placed(route.key());
        String key = "chains." + told.chain() + ".groups." + told.group() + ".methods";
        return places.apply(key).isEmpty() ? "" : goes + " by " + placed(key);
    }

    private String placed(String key) {
        String place = places.apply(key);
        return place.isEmpty() ? key : key + " (" + place + ")";
    }

    /// How much a query for logs may ask; empty for other methods.
    private String caps(Tenant tenant, String chain, Method method) {
        return policy.now().logs(tenant, chain).of(LogMethod.of(method.name())).stream()
                .map(rule -> "; at most " + rule.most() + " " + rule.cap().word() + " by " + placed(rule.key()))
                .collect(Collectors.joining());
    }

    /// Who is known as the tenant, and what its callers may reach; empty where keys alone decide.
    private String callers(Tenant tenant) {
        var text = new StringBuilder();
        String key = "tenants." + tenant.name();
        if (policy.now().issuers().takesTokensOf(tenant.name())) {
            boolean both = policy.now().issuers().demandsBoth(tenant.name());
            text.append(both ? "; to callers with a key and a token" : "; to callers with a key or a token")
                    .append(" by ")
                    .append(placed(key + ".jwt"));
        }
        AllowLists lists = policy.now().lists(tenant);
        if (!lists.addresses().isEmpty()) text.append("; for contracts of ").append(placed(key + ".addresses"));
        if (!lists.origins().isEmpty()) text.append("; from pages of ").append(placed(key + ".origins"));
        if (!lists.agents().isEmpty()) text.append("; from clients of ").append(placed(key + ".agents"));
        return text.toString();
    }

    private static String refusal(Method method, Closed closed) {
        return switch (AccessGate.answer(method, closed)) {
            case Refused(var _, var detail, var _, var _) -> "refused: " + detail;
            case Known(var result) -> "answered by the gateway itself: " + result.text();
            case Served _, Objected _ -> "";
        };
    }
}
