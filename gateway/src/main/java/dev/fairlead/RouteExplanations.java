package dev.fairlead;

import dev.fairlead.control.admin.view.Explainer;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.fleet.Allowance;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Explanation;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.MethodDecision.Closed;
import dev.fairlead.core.policy.MethodDecision.Open;
import dev.fairlead.core.policy.MethodRules;
import dev.fairlead.core.policy.Route;
import dev.fairlead.core.policy.Tenant;
import dev.fairlead.data.access.AccessGate;
import dev.fairlead.data.access.Admission;
import dev.fairlead.data.cache.AnswerCache;
import dev.fairlead.data.call.Answer.Known;
import dev.fairlead.data.call.Answer.Objected;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Answer.Served;
import dev.fairlead.data.failover.RouteExplainer;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Lets the admin API ask the access policy and the router.
///
/// @param places where a key of the configuration stands; empty when it stands nowhere
/// @param openers what opens to a tenant a method
record RouteExplanations(
        Board<Fleet> fleet,
        Board<AccessPolicy> policy,
        RouteExplainer router,
        CallObjections objections,
        CallAllowances allowances,
        AnswerCache cache,
        UnaryOperator<String> places,
        BinaryOperator<String> openers)
        implements Explainer {
    @Override
    public Explanation explain(String chain, Caller caller, Request request) {
        Tenant tenant = caller.tenant();
        AccessPolicy now = policy.now();
        ChainState state = fleet.now().chain(chain);
        MethodRules rules = now.forPage(caller.origin()).rules(tenant, chain);
        if (!now.hasTenant(tenant.name())) {
            return new Explanation(chain, request.method(), "", "no tenant is named " + tenant.name(), List.of());
        }
        if (state == null || rules == null) {
            return new Explanation(chain, request.method(), "", "no chain is named " + chain, List.of());
        }
        Method method = MethodTable.of(request.method());
        if (tenant.equals(Tenant.PUBLIC) && !now.isPublic(chain)) {
            return RouteExplainer.closed(state, method.name(), "refused: " + Admission.NEEDED)
                    .with(keyNeeded(chain));
        }
        return switch (rules.of(method)) {
            case Open open -> open(open, new Asked(now, caller, state, method, request), rules);
            case Closed closed ->
                RouteExplainer.closed(state, method.name(), refusal(method, closed))
                        .with(closed.because(method.name(), places, name -> openers.apply(tenant.name(), name)));
        };
    }

    private record Asked(AccessPolicy now, Caller caller, ChainState state, Method method, Request request) {}

    /// In the order of the gates: the lists, what no node can be asked, credits, and then rules for logs and
    /// transactions.
    private Explanation open(Open open, Asked asked, MethodRules rules) {
        String opened = open.because(places);
        String access = opened
                + new CallRules(asked.now(), places)
                        .of(asked.caller().tenant(), asked.state().chain().name(), asked.method());
        String objection = objections.lists(asked.now(), asked.caller(), asked.request());
        if (objection != null) return refused(asked, objection).with(access);
        String name = asked.method().name();
        Explanation told = router.explain(
                asked.state(), open.group(), name, asked.request().params());
        if (told.isRefused()) return told.with(access);
        Allowance allowance = allowances.of(asked.now(), asked.caller(), told.chain(), asked.method());
        objection = allowances.objection(allowance);
        if (objection != null) return refused(asked, objection).with(access).with("", allowance);
        CallObjections.Objection rule = objections.rules(
                asked.now().forPage(asked.caller().origin()), asked.caller(), asked.state(), asked.request());
        if (rule != null) {
            String decided = rule.key().isEmpty() ? access : opened + "; refused by " + decided(rule.key());
            return refused(asked, rule.text()).with(decided).with("", allowance);
        }
        String kept =
                cache.explain(told.chain(), asked.method(), asked.request().params());
        return told.with(access).with(joined(route(told, rules.route(name)), kept), allowance);
    }

    private String decided(String key) {
        return places.apply(key).isEmpty() ? key + ", which holds where nothing is said" : placed(key);
    }

    private static String joined(String one, String other) {
        return one.isEmpty() || other.isEmpty() ? one + other : one + "; " + other;
    }

    private static Explanation refused(Asked asked, String why) {
        return RouteExplainer.refused(asked.state(), asked.method().name(), "refused: " + why);
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

    private static String refusal(Method method, Closed closed) {
        return switch (AccessGate.answer(method, closed)) {
            case Refused(var _, var detail, var _, var _) -> "refused: " + detail;
            case Known(var result) -> "answered by the gateway itself: " + result.text();
            case Served _, Objected _ -> "";
        };
    }
}
