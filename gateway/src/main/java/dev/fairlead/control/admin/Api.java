package dev.fairlead.control.admin;

import dev.fairlead.control.admin.Reloader.Reloaded;
import dev.fairlead.control.admin.http.AdminAnswer;
import dev.fairlead.control.admin.http.AdminRequest;
import dev.fairlead.control.admin.http.AdminRoute;
import dev.fairlead.control.admin.http.JsonBody;
import dev.fairlead.control.admin.http.Problem;
import dev.fairlead.control.admin.http.Problem.Kind;
import dev.fairlead.control.admin.view.AuditView;
import dev.fairlead.control.admin.view.EventView;
import dev.fairlead.control.admin.view.ExplanationView;
import dev.fairlead.control.admin.view.MemoryView;
import dev.fairlead.control.admin.view.QuotaView;
import dev.fairlead.control.admin.view.RedisView;
import dev.fairlead.control.admin.view.ReloadView;
import dev.fairlead.control.admin.view.StatusView;
import dev.fairlead.control.admin.view.TokenKeysView;
import dev.fairlead.control.admin.view.Views;
import dev.fairlead.control.operate.NodeOrder;
import dev.fairlead.control.operate.Operator;
import dev.fairlead.control.operate.OrderResult;
import dev.fairlead.core.fleet.NodeId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The admin API as a table of routes and the few lines behind each. `/openapi.json` gives the same table to
/// programs.
record Api(AdminParts parts) {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String NODE = "/api/v1/nodes/{chain}/{name}";

    List<AdminRoute> routes() {
        return Stream.of(ofNodes(), new TenantApi(parts).routes(), new UsageApi(parts).routes(), ofTheGateway())
                .flatMap(List::stream)
                .toList();
    }

    private List<AdminRoute> ofNodes() {
        return List.of(
                new AdminRoute("GET", "/", "this page", null, _ -> page()),
                new AdminRoute(
                        "GET", "/api/v1/status", "chains, what they are measured against, counts", _ -> status()),
                new AdminRoute(
                        "GET",
                        "/api/v1/nodes",
                        "every node with verdict and evidence; ?chain=",
                        List.of("chain"),
                        this::nodes),
                new AdminRoute("POST", "/api/v1/nodes", "add a node", this::add),
                new AdminRoute("GET", NODE, "one node", this::node),
                new AdminRoute("PUT", NODE, "change a node that was added at run time", this::update),
                new AdminRoute("DELETE", NODE, "remove a node that was added at run time", this::remove),
                new AdminRoute("POST", NODE + "/cordon", "no new calls", ask -> mode(ask, Operator::cordon)),
                new AdminRoute("POST", NODE + "/uncordon", "calls again", ask -> mode(ask, Operator::uncordon)),
                new AdminRoute(
                        "POST", NODE + "/drain", "no new calls, finish the rest", ask -> mode(ask, Operator::drain)));
    }

    private List<AdminRoute> ofTheGateway() {
        return List.of(
                new AdminRoute(
                                "GET",
                                "/api/v1/events",
                                "what happened lately; ?after=&limit=",
                                List.of("after", "limit"),
                                this::events)
                        .asList(),
                new AdminRoute(
                                "GET",
                                "/api/v1/audit",
                                "who ordered what and when; ?before=&limit=",
                                List.of("before", "limit"),
                                this::audit)
                        .asList(),
                new AdminRoute("POST", "/api/v1/reload", "read the configuration again", this::reload),
                new AdminRoute("POST", "/api/v1/explain", "which nodes a call would be put to", this::explain),
                new AdminRoute("GET", "/metrics", "for Prometheus", null, _ -> metrics()),
                new AdminRoute("GET", "/healthz", "whether the process is alive", null, _ -> alive()),
                new AdminRoute("GET", "/openapi.json", "this API for machines", null, _ -> openApi()));
    }

    private AdminAnswer page() {
        var text = new StringBuilder("Fairlead " + parts.version() + ", admin API\n\n");
        for (AdminRoute adminRoute : routes()) {
            text.append("%-7s%-42s%s%n".formatted(adminRoute.verb(), adminRoute.template(), adminRoute.purpose()));
        }
        return AdminAnswer.text("text/plain; charset=utf-8", text.toString());
    }

    private AdminAnswer alive() {
        return parts.fault()
                .map(fault -> AdminAnswer.problem(Problem.of(Kind.UNAVAILABLE, fault, "start the gateway again")))
                .orElseGet(() -> AdminAnswer.text("text/plain", "ok\n"));
    }

    private Views now() {
        return new OrderAnswers(parts).views();
    }

    private AdminAnswer status() {
        Instant at = parts.clock().instant();
        Views now = now();
        return AdminAnswer.json(
                200,
                new StatusView(
                        parts.version(),
                        parts.startedAt(),
                        Duration.between(parts.startedAt(), at).toSeconds(),
                        now.declared().version(),
                        now.fleet().version(),
                        MemoryView.of(parts.budgets()),
                        parts.fault().orElse(null),
                        parts.dataPlaneTroubles().faults(),
                        parts.operator().tenants().now().plan().tenants().size(),
                        parts.operator().tenants().now().keys().all().size(),
                        parts.operator().policies().now().limits(),
                        QuotaView.near(
                                parts.usage().credits(),
                                parts.operator().policies().now()),
                        TokenKeysView.of(parts.operator().tenants().now().plan().tenants(), parts.keySets(), at),
                        parts.redis().get().map(RedisView::of).orElse(null),
                        now.chains()));
    }

    private AdminAnswer nodes(AdminRequest ask) {
        String chain = ask.query("chain");
        if (chain != null && !chains().contains(chain)) return noChain(chain);
        return AdminAnswer.json(200, now().nodes(chain));
    }

    private AdminAnswer node(AdminRequest ask) {
        NodeId id = ask.node();
        return now().node(id.chain(), id.name())
                .map(view -> AdminAnswer.json(200, view))
                .orElseGet(() -> AdminAnswer.problem(
                        Problem.of(Kind.UNKNOWN, "there is no such node", "GET /api/v1/nodes lists them")));
    }

    private AdminAnswer add(AdminRequest ask) {
        return order(ask, order -> ordered(201, parts.operator().add(ask.who(), order)));
    }

    private AdminAnswer update(AdminRequest ask) {
        return order(ask, order -> ordered(200, parts.operator().update(ask.who(), ask.node(), order)));
    }

    private AdminAnswer order(AdminRequest ask, Function<NodeOrder, AdminAnswer> give) {
        return JsonBody.object(ask.body()).then(body -> OrderReader.read(body).then(give));
    }

    private AdminAnswer remove(AdminRequest ask) {
        return ordered(200, parts.operator().remove(ask.who(), ask.node()));
    }

    private interface ModeOrder {
        OrderResult give(Operator operator, String who, NodeId id, String why);
    }

    private AdminAnswer mode(AdminRequest ask, ModeOrder order) {
        return JsonBody.object(ask.body()).then(body -> {
            JsonNode why = body.path("why");
            boolean absent = why.isMissingNode() || why.isNull();
            if (!absent && !why.isString()) {
                return AdminAnswer.problem(Problem.of(Kind.INVALID, "why: expected a text", "correct the body"));
            }
            for (String member : body.propertyNames()) {
                if (member.equals("why")) continue;
                return AdminAnswer.problem(Problem.of(Kind.INVALID, "unknown member beside why", "leave it out"));
            }
            return ordered(200, order.give(parts.operator(), ask.who(), ask.node(), absent ? "" : why.stringValue()));
        });
    }

    private AdminAnswer ordered(int done, OrderResult result) {
        return new OrderAnswers(parts).of(done, result);
    }

    private AdminAnswer events(AdminRequest ask) {
        return ask.number("limit", 100, 1, 2_000).then(limit -> {
            int most = Math.toIntExact(limit);
            if (ask.query("after") == null)
                return AdminAnswer.json(200, ListPage.ending(parts.history().latest(most), EventView::of));
            return ask.number("after", 0, 0, Long.MAX_VALUE)
                    .then(after -> AdminAnswer.json(
                            200, ListPage.beginning(parts.history().after(after, most), EventView::of)));
        });
    }

    private AdminAnswer audit(AdminRequest ask) {
        return ask.number("limit", 100, 1, 1_000)
                .then(limit -> ask.number("before", Long.MAX_VALUE, 1, Long.MAX_VALUE)
                        .then(before -> AdminAnswer.json(
                                200,
                                ListPage.beginning(
                                        parts.store().audit(before, Math.toIntExact(limit)), AuditView::of))));
    }

    private AdminAnswer reload(AdminRequest ask) {
        return switch (parts.reloader().reload(ask.who())) {
            case Reloaded.Applied(var changes) -> AdminAnswer.json(200, new ReloadView(changes));
            case Reloaded.Faulty(var faults) ->
                AdminAnswer.problem(Problem.of(
                        Kind.CONFLICT,
                        "nothing was reloaded and everything stays as it was: " + String.join("; ", faults),
                        "correct this and reload again",
                        faults));
        };
    }

    private AdminAnswer explain(AdminRequest ask) {
        return JsonBody.object(ask.body())
                .then(body -> ExplainRequest.read(body, chains()).then(this::explained));
    }

    private AdminAnswer explained(ExplainRequest question) {
        if (!chains().contains(question.chain())) return noChain(question.chain());
        String tenant = question.caller().tenant().name();
        if (!parts.operator().policies().now().hasTenant(tenant)) return noTenant(tenant);
        return AdminAnswer.json(
                200,
                ExplanationView.of(parts.explainer().explain(question.chain(), question.caller(), question.request())));
    }

    private static AdminAnswer noTenant(String name) {
        return AdminAnswer.problem(
                Problem.of(Kind.UNKNOWN, "there is no tenant " + name, "fairlead tenants list shows what there is"));
    }

    private List<String> chains() {
        return parts.operator().board().now().chains().stream()
                .map(plan -> plan.chain().name())
                .toList();
    }

    private AdminAnswer noChain(String chain) {
        return AdminAnswer.problem(Problem.of(
                Kind.UNKNOWN,
                "there is no chain " + chain + ", there "
                        + (chains().isEmpty() ? "is none" : "are " + String.join(", ", chains())),
                "name one that is declared"));
    }

    private AdminAnswer metrics() {
        return AdminAnswer.text(PROMETHEUS, parts.metrics().get());
    }

    private static AdminAnswer openApi() {
        try (InputStream document = Objects.requireNonNull(Api.class.getResourceAsStream("/openapi.json"))) {
            return AdminAnswer.text("application/json", new String(document.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
