package dev.fairlead.control.admin;

import dev.fairlead.control.admin.Problem.Kind;
import dev.fairlead.control.admin.Reloader.Reloaded;
import dev.fairlead.control.operate.NodeOrder;
import dev.fairlead.control.operate.Operator;
import dev.fairlead.control.operate.Ordered;
import dev.fairlead.core.fleet.Node;
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
import tools.jackson.databind.JsonNode;

/// The admin API as a table of routes and the few lines behind each. `/openapi.json` says the same to machines.
record Api(AdminParts parts) {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String NODE = "/api/v1/nodes/{chain}/{name}";

    List<Route> routes() {
        return List.of(
                new Route("GET", "/", "this page", null, _ -> page()),
                new Route("GET", "/api/v1/status", "chains, what they are measured against, counts", _ -> status()),
                new Route(
                        "GET",
                        "/api/v1/nodes",
                        "every node with verdict and evidence; ?chain=",
                        List.of("chain"),
                        this::nodes),
                new Route("POST", "/api/v1/nodes", "add a node", this::add),
                new Route("GET", NODE, "one node", this::node),
                new Route("PUT", NODE, "change a node that was added at run time", this::update),
                new Route("DELETE", NODE, "remove a node that was added at run time", this::remove),
                new Route("POST", NODE + "/cordon", "no new calls", ask -> mode(ask, Operator::cordon)),
                new Route("POST", NODE + "/uncordon", "calls again", ask -> mode(ask, Operator::uncordon)),
                new Route("POST", NODE + "/drain", "no new calls, finish the rest", ask -> mode(ask, Operator::drain)),
                new Route(
                        "GET",
                        "/api/v1/events",
                        "what happened lately; ?after=&limit=",
                        List.of("after", "limit"),
                        this::events),
                new Route(
                        "GET",
                        "/api/v1/audit",
                        "who ordered what and when; ?before=&limit=",
                        List.of("before", "limit"),
                        this::audit),
                new Route("POST", "/api/v1/reload", "read the configuration again", this::reload),
                new Route("POST", "/api/v1/explain", "which nodes a call would be put to", this::explain),
                new Route("GET", "/metrics", "for Prometheus", null, _ -> metrics()),
                new Route("GET", "/healthz", "whether the process is alive", null, _ -> alive()),
                new Route("GET", "/openapi.json", "this API for machines", null, _ -> openApi()));
    }

    private Said page() {
        var text = new StringBuilder("Fairlead " + parts.version() + ", admin API\n\n");
        for (Route route : routes()) {
            text.append("%-7s%-42s%s%n".formatted(route.verb(), route.template(), route.purpose()));
        }
        return Said.text("text/plain; charset=utf-8", text.toString());
    }

    private Said alive() {
        return parts.fault()
                .map(fault -> Said.problem(Problem.of(Kind.UNAVAILABLE, fault, "start the gateway again")))
                .orElseGet(() -> Said.text("text/plain", "ok\n"));
    }

    private Views now() {
        return new Views(
                parts.operator().board().now(),
                parts.fleet().now(),
                parts.troubles(),
                parts.inFlight(),
                parts.spared());
    }

    private Said status() {
        Instant at = parts.clock().instant();
        Views now = now();
        return Said.json(
                200,
                new StatusView(
                        parts.version(),
                        parts.startedAt(),
                        Duration.between(parts.startedAt(), at).toSeconds(),
                        now.declared().version(),
                        now.fleet().version(),
                        MemoryView.of(parts.budgets()),
                        parts.fault().orElse(null),
                        parts.troubles().faults(),
                        now.chains()));
    }

    private Said nodes(ApiRequest ask) {
        String chain = ask.query("chain");
        if (chain != null && !chains().contains(chain)) return noChain(chain);
        return Said.json(200, now().nodes(chain));
    }

    private Said node(ApiRequest ask) {
        NodeId id = ask.node();
        return now().node(id.chain(), id.name())
                .map(view -> Said.json(200, view))
                .orElseGet(() -> Said.problem(
                        Problem.of(Kind.UNKNOWN, "there is no such node", "GET /api/v1/nodes lists them")));
    }

    private Said add(ApiRequest ask) {
        return order(ask, order -> {
            Ordered ordered = parts.operator().add(ask.who(), order);
            if (!(ordered instanceof Ordered.Done(var node, var _))) return ordered(200, ordered);
            return ordered(201, ordered)
                    .with(
                            "Location",
                            "/api/v1/nodes/" + node.id().chain() + "/"
                                    + node.id().name());
        });
    }

    private Said update(ApiRequest ask) {
        return order(ask, order -> ordered(200, parts.operator().update(ask.who(), ask.node(), order)));
    }

    private Said order(ApiRequest ask, Function<NodeOrder, Said> give) {
        return Json.object(ask.body()).then(body -> OrderReader.read(body).then(give));
    }

    private Said remove(ApiRequest ask) {
        return ordered(200, parts.operator().remove(ask.who(), ask.node()));
    }

    private interface ModeOrder {
        Ordered give(Operator operator, String who, NodeId id, String why);
    }

    private Said mode(ApiRequest ask, ModeOrder order) {
        return Json.object(ask.body()).then(body -> {
            JsonNode why = body.path("why");
            boolean absent = why.isMissingNode() || why.isNull();
            if (!absent && !why.isString()) {
                return Said.problem(Problem.of(Kind.INVALID, "why: expected a text", "correct the body"));
            }
            for (String member : body.propertyNames()) {
                if (member.equals("why")) continue;
                return Said.problem(Problem.of(Kind.INVALID, "unknown member beside why", "leave it out"));
            }
            return ordered(200, order.give(parts.operator(), ask.who(), ask.node(), absent ? "" : why.stringValue()));
        });
    }

    private Said ordered(int done, Ordered ordered) {
        return switch (ordered) {
            case Ordered.Done(Node node, var remarks) -> Said.json(done, now().node(node, remarks));
            case Ordered.Rejected(var cause, var reason, var remedy) ->
                Said.problem(Problem.of(
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

    private Said events(ApiRequest ask) {
        return ask.number("limit", 100, 1, 2_000).then(limit -> {
            int most = Math.toIntExact(limit);
            if (ask.query("after") == null) {
                return Said.json(
                        200,
                        parts.history().latest(most).stream().map(EventView::of).toList());
            }
            return ask.number("after", 0, 0, Long.MAX_VALUE)
                    .then(after -> Said.json(
                            200,
                            parts.history().after(after, most).stream()
                                    .map(EventView::of)
                                    .toList()));
        });
    }

    private Said audit(ApiRequest ask) {
        return ask.number("limit", 100, 1, 1_000)
                .then(limit -> ask.number("before", Long.MAX_VALUE, 1, Long.MAX_VALUE)
                        .then(before -> Said.json(
                                200,
                                parts.store().audit(before, Math.toIntExact(limit)).stream()
                                        .map(AuditView::of)
                                        .toList())));
    }

    private Said reload(ApiRequest ask) {
        return switch (parts.reloader().reload(ask.who())) {
            case Reloaded.Applied(var changes) -> Said.json(200, new ReloadView(changes));
            case Reloaded.Faulty(var faults) ->
                Said.problem(Problem.of(
                        Kind.CONFLICT,
                        "nothing was reloaded and everything stays as it was: " + String.join("; ", faults),
                        "correct this and reload again",
                        faults));
        };
    }

    private Said explain(ApiRequest ask) {
        return Json.object(ask.body())
                .then(body -> ExplainRequest.read(body, chains()).then(this::explained));
    }

    private Said explained(ExplainRequest question) {
        if (!chains().contains(question.chain())) return noChain(question.chain());
        return Said.json(
                200,
                ExplanationView.of(
                        question.chain(),
                        question.request().method(),
                        parts.explainer().explain(question.chain(), question.request())));
    }

    private List<String> chains() {
        return parts.operator().board().now().chains().stream()
                .map(plan -> plan.chain().name())
                .toList();
    }

    private Said noChain(String chain) {
        return Said.problem(Problem.of(
                Kind.UNKNOWN,
                "there is no chain " + chain + ", there "
                        + (chains().isEmpty() ? "is none" : "are " + String.join(", ", chains())),
                "name one that is declared"));
    }

    private Said metrics() {
        return Said.text(PROMETHEUS, parts.metrics().get());
    }

    private static Said openApi() {
        try (InputStream document = Objects.requireNonNull(Api.class.getResourceAsStream("/openapi.json"))) {
            return Said.text("application/json", new String(document.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
