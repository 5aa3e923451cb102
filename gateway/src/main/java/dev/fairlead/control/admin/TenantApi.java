package dev.fairlead.control.admin;

import dev.fairlead.control.admin.http.AdminAnswer;
import dev.fairlead.control.admin.http.AdminRequest;
import dev.fairlead.control.admin.http.AdminRoute;
import dev.fairlead.control.admin.http.JsonBody;
import dev.fairlead.control.admin.http.Problem;
import dev.fairlead.control.admin.http.Problem.Kind;
import dev.fairlead.control.admin.view.TenantView;
import dev.fairlead.control.operate.MergedTenants;
import dev.fairlead.control.operate.OrderResult;
import dev.fairlead.control.store.KeyPlace;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.TenantPlan;
import java.util.Comparator;
import java.util.List;

/// The part of the admin API that is about tenants and their keys.
record TenantApi(AdminParts parts) {

    private static final String TENANTS = "/api/v1/tenants";
    private static final String TENANT = TENANTS + "/{tenant}";
    private static final String KEYS = "/api/v1/keys";
    private static final String KEY = KEYS + "/{tenant}/{alias}";
    private static final int PAGE = 1_000;

    List<AdminRoute> routes() {
        return List.of(
                new AdminRoute("GET", TENANTS, "tenants; ?after=&limit=", List.of("after", "limit"), this::tenants)
                        .asList(),
                new AdminRoute("POST", TENANTS, "add a tenant", this::addTenant),
                new AdminRoute("GET", TENANT, "one tenant", this::tenant),
                new AdminRoute("PUT", TENANT, "change a tenant that was added at run time", this::updateTenant),
                new AdminRoute(
                        "DELETE",
                        TENANT,
                        "remove a tenant that was added at run time; ?force=",
                        List.of("force"),
                        this::removeTenant),
                new AdminRoute(
                                "GET",
                                KEYS,
                                "keys, without the keys themselves; ?tenant=&after=&limit=",
                                List.of("tenant", "after", "limit"),
                                this::keys)
                        .asList(),
                new AdminRoute("POST", KEYS, "add a key; the answer shows it, once", this::addKey),
                new AdminRoute("GET", KEY, "the keys of one alias", this::key),
                new AdminRoute("DELETE", KEY, "revoke a key; ?prefix=", List.of("prefix"), this::revoke),
                new AdminRoute("POST", KEY + "/rotate", "a new key beside the old one for a while", this::rotate));
    }

    private AdminAnswer tenants(AdminRequest ask) {
        String after = ask.query("after");
        return ask.number("limit", PAGE, 1, PAGE).then(limit -> {
            MergedTenants all = declared();
            return AdminAnswer.json(
                    200,
                    all.plan().tenants().stream()
                            .sorted(Comparator.comparing(TenantPlan::name))
                            .filter(tenant -> after == null || tenant.name().compareTo(after) > 0)
                            .limit(limit)
                            .map(tenant -> TenantView.of(tenant, all, List.of()))
                            .toList());
        });
    }

    private AdminAnswer tenant(AdminRequest ask) {
        MergedTenants all = declared();
        return all.tenant(parameter(ask, "tenant"))
                .map(tenant -> AdminAnswer.json(200, TenantView.of(tenant, all, List.of())))
                .orElseGet(TenantApi::noTenant);
    }

    private AdminAnswer addTenant(AdminRequest ask) {
        return JsonBody.object(ask.body())
                .then(body -> TenantOrderReader.add(body)
                        .then(asked ->
                                ordered(201, parts.operator().addTenant(ask.who(), asked.name(), asked.order()))));
    }

    private AdminAnswer updateTenant(AdminRequest ask) {
        return JsonBody.object(ask.body())
                .then(body -> TenantOrderReader.update(body)
                        .then(order -> ordered(
                                200, parts.operator().updateTenant(ask.who(), parameter(ask, "tenant"), order))));
    }

    private AdminAnswer removeTenant(AdminRequest ask) {
        String force = ask.query("force");
        if (force != null && !force.equals("true") && !force.equals("false")) {
            return AdminAnswer.problem(
                    Problem.of(Kind.INVALID, "force: expected true or false, found another word", "correct the query"));
        }
        return ordered(200, parts.operator().removeTenant(ask.who(), parameter(ask, "tenant"), "true".equals(force)));
    }

    private AdminAnswer keys(AdminRequest ask) {
        String tenant = ask.query("tenant");
        MergedTenants all = declared();
        if (tenant != null && all.tenant(tenant).isEmpty()) return noTenant();
        KeyPlace after = KeyPlace.of(ask.query("after"), tenant);
        return ask.number("limit", PAGE, 1, PAGE)
                .then(limit -> shown(all.keys().after(after.tenant(), after.alias(), Math.toIntExact(limit)).stream()
                        .filter(key -> tenant == null || key.tenant().equals(tenant))
                        .toList()));
    }

    private AdminAnswer key(AdminRequest ask) {
        List<ApiKey> keys = declared().keys().of(parameter(ask, "tenant"), parameter(ask, "alias"));
        return keys.isEmpty()
                ? AdminAnswer.problem(Problem.of(Kind.UNKNOWN, "there is no such key", "GET /api/v1/keys lists them"))
                : shown(keys);
    }

    private AdminAnswer shown(List<ApiKey> keys) {
        return AdminAnswer.json(
                200, keys.stream().map(new OrderAnswers(parts)::view).toList());
    }

    private AdminAnswer addKey(AdminRequest ask) {
        return JsonBody.object(ask.body())
                .then(body -> KeyOrderReader.add(body)
                        .then(order -> ordered(201, parts.operator().addKey(ask.who(), order))));
    }

    private AdminAnswer rotate(AdminRequest ask) {
        return JsonBody.object(ask.body())
                .then(body -> KeyOrderReader.rotate(parameter(ask, "tenant"), parameter(ask, "alias"), body)
                        .then(asked ->
                                ordered(200, parts.operator().rotateKey(ask.who(), asked.order(), asked.overlap()))));
    }

    private AdminAnswer revoke(AdminRequest ask) {
        return ordered(
                200,
                parts.operator()
                        .revokeKey(ask.who(), parameter(ask, "tenant"), parameter(ask, "alias"), ask.query("prefix")));
    }

    private AdminAnswer ordered(int done, OrderResult result) {
        return new OrderAnswers(parts).of(done, result);
    }

    private MergedTenants declared() {
        return parts.operator().tenants().now();
    }

    private static String parameter(AdminRequest ask, String name) {
        return ask.pathParameters().getOrDefault(name, "");
    }

    private static AdminAnswer noTenant() {
        return AdminAnswer.problem(
                Problem.of(Kind.UNKNOWN, "there is no such tenant", "GET /api/v1/tenants lists them"));
    }
}
