package dev.fairlead.control.admin;

import dev.fairlead.control.admin.http.AdminAnswer;
import dev.fairlead.control.admin.http.Problem;
import dev.fairlead.control.admin.http.Problem.Kind;
import dev.fairlead.control.admin.view.ClientUrl;
import dev.fairlead.control.admin.view.KeyState;
import dev.fairlead.control.admin.view.KeyView;
import dev.fairlead.control.admin.view.TenantView;
import dev.fairlead.control.admin.view.Views;
import dev.fairlead.control.operate.MergedTenants;
import dev.fairlead.control.operate.OrderResult;
import dev.fairlead.control.operate.Subject;
import dev.fairlead.core.policy.ApiKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an order ended, as an answer of the API: what it is about as it is now, and where that is found.
record OrderAnswers(AdminParts parts) {
    private static final int CREATED = 201;

    /// @param done the status if it was carried out
    AdminAnswer of(int done, OrderResult result) {
        return switch (result) {
            case OrderResult.Done(var subject, var remarks) -> of(done, subject, remarks);
            case OrderResult.Rejected(var cause, var reason, var remedy) ->
                AdminAnswer.problem(Problem.of(
                        switch (cause) {
                            case INVALID -> Kind.INVALID;
                            case UNKNOWN -> Kind.UNKNOWN;
                            case CONFLICT -> Kind.CONFLICT;
                            case STORE -> Kind.UNAVAILABLE;
                        },
                        reason,
                        remedy));
        };
    }

    private AdminAnswer of(int done, Subject subject, List<String> remarks) {
        AdminAnswer answer = AdminAnswer.json(done, view(subject, remarks));
        return done == CREATED ? answer.with("Location", "/api/v1/" + place(subject)) : answer;
    }

    private Object view(Subject subject, List<String> remarks) {
        return switch (subject) {
            case Subject.OfNode(var node) -> views().node(node, remarks);
            case Subject.OfTenant(var tenant, var origin) -> TenantView.of(tenant, origin, tenants(), remarks);
            case Subject.OfKey(var key, var generated) -> view(key).ordered(generated, urls(generated), remarks);
        };
    }

    private static String place(Subject subject) {
        return switch (subject) {
            case Subject.OfNode(var node) ->
                "nodes/" + node.id().chain() + "/" + node.id().name();
            case Subject.OfTenant(var tenant, var _) -> "tenants/" + tenant.name();
            case Subject.OfKey(var key, var _) -> "keys/" + key.name();
        };
    }

    KeyView view(ApiKey key) {
        return KeyView.of(
                key,
                KeyState.of(key, tenants(), parts.clock().instant()),
                parts.lastUsed().apply(key).orElse(null));
    }

    private List<String> urls(@Nullable String generated) {
        List<String> chains = parts.operator().board().now().chains().stream()
                .map(plan -> plan.chain().name())
                .toList();
        return ClientUrl.withKey(parts.clientUrls().get(), chains, generated);
    }

    /// What is shown of this moment.
    Views views() {
        return new Views(
                parts.operator().board().now(),
                parts.fleet().now(),
                parts.dataPlaneTroubles(),
                parts.inFlight(),
                parts.spared(),
                parts.today(),
                parts.sharedToday(),
                parts.operator().policies().now()::isPublic);
    }

    private MergedTenants tenants() {
        return parts.operator().tenants().now();
    }
}
