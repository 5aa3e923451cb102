package dev.fairlead.control.admin;

import static dev.fairlead.control.admin.AdminFixture.json;
import static dev.fairlead.control.admin.AdminFixture.mainnet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.admin.http.Problem;
import dev.fairlead.control.admin.view.AuditView;
import dev.fairlead.control.admin.view.ChainView;
import dev.fairlead.control.admin.view.EventView;
import dev.fairlead.control.admin.view.ExplanationView;
import dev.fairlead.control.admin.view.HeadView;
import dev.fairlead.control.admin.view.KeyUsageView;
import dev.fairlead.control.admin.view.KeyView;
import dev.fairlead.control.admin.view.LagView;
import dev.fairlead.control.admin.view.MemoryView;
import dev.fairlead.control.admin.view.NodeView;
import dev.fairlead.control.admin.view.QuotaView;
import dev.fairlead.control.admin.view.RedisView;
import dev.fairlead.control.admin.view.ReferenceView;
import dev.fairlead.control.admin.view.ReloadView;
import dev.fairlead.control.admin.view.RuleView;
import dev.fairlead.control.admin.view.SpendingView;
import dev.fairlead.control.admin.view.StatusView;
import dev.fairlead.control.admin.view.TenantUsageView;
import dev.fairlead.control.admin.view.TenantView;
import dev.fairlead.control.admin.view.TokenKeysView;
import dev.fairlead.core.fleet.Verdict;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The document for machines says what the code does: neither more nor less.
class OpenApiTest {
    private static final Set<String> VERBS = Set.of("get", "post", "put", "delete", "patch", "head", "options");

    /// What the API answers with.
    private static final List<Class<? extends Record>> VIEWS = List.of(
            StatusView.class,
            MemoryView.class,
            MemoryView.BudgetView.class,
            ChainView.class,
            ChainView.Counts.class,
            ReferenceView.class,
            HeadView.class,
            LagView.class,
            NodeView.class,
            SpendingView.class,
            EventView.class,
            TenantView.class,
            RuleView.class,
            TenantUsageView.class,
            KeyUsageView.class,
            KeyView.class,
            AuditView.class,
            ReloadView.class,
            ExplanationView.class,
            ExplanationView.ChoiceView.class,
            ExplanationView.LimitView.class,
            ExplanationView.DayView.class,
            QuotaView.class,
            TokenKeysView.class,
            RedisView.class,
            Problem.class);

    /// What the API is asked with.
    private static final Map<String, List<String>> BODIES = Map.of(
            "NodeOrder", OrderReader.MEMBERS,
            "Auth", OrderReader.AUTH_MEMBERS,
            "Tls", OrderReader.TLS_MEMBERS,
            "ExplainRequest", ExplainRequest.MEMBERS,
            "TenantOrder", TenantOrderReader.ADD,
            "TenantUpdate", TenantOrderReader.UPDATE,
            "KeyOrder", KeyOrderReader.ADD,
            "KeyRotation", KeyOrderReader.ROTATE,
            "Why", List.of("why"));

    private final JsonNode document = document();

    @TempDir
    Path directory;

    @Test
    void everyRouteStandsInTheDocumentAndNoOther() throws IOException {
        Set<String> told = new TreeSet<>();
        for (var path : document.path("paths").properties()) {
            for (String verb : path.getValue().propertyNames()) {
                if (VERBS.contains(verb)) told.add(verb.toUpperCase(Locale.ROOT) + " " + path.getKey());
            }
        }

        try (AdminFixture gateway = AdminFixture.start(directory)) {
            assertThat(told)
                    .isEqualTo(new Api(gateway.parts)
                            .routes().stream()
                                    .map(adminRoute -> adminRoute.verb() + " " + adminRoute.template())
                                    .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void everyFieldOfEveryViewStandsInTheDocumentAndNoOther() {
        Map<String, List<String>> fields = new HashMap<>(BODIES);
        for (var view : VIEWS) {
            fields.put(
                    view.getSimpleName(),
                    Stream.of(view.getRecordComponents())
                            .map(RecordComponent::getName)
                            .toList());
        }

        Map<String, List<String>> told = new HashMap<>();
        for (var schema : document.path("components").path("schemas").properties()) {
            told.put(
                    schema.getKey(),
                    List.copyOf(schema.getValue().path("properties").propertyNames()));
        }

        assertThat(told).isEqualTo(fields);
    }

    @Test
    void everyFieldOfAnAnswerIsAlwaysThere() {
        for (var view : VIEWS) {
            JsonNode schema = schema(view.getSimpleName());
            assertThat(schema.path("required").valueStream().map(JsonNode::asString))
                    .containsExactlyElementsOf(schema.path("properties").propertyNames());
        }
    }

    @Test
    void everyProblemStandsInTheDocumentWithItsStatus() {
        Set<String> types = document.at("/components/schemas/Problem/properties/type/enum")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toSet());
        String statuses =
                document.at("/components/responses/Problem/description").asString();

        assertThat(types)
                .isEqualTo(
                        Stream.of(Problem.Kind.values()).map(Problem.Kind::type).collect(Collectors.toSet()));
        assertThat(Problem.Kind.values())
                .allSatisfy(kind -> assertThat(statuses).contains(Integer.toString(kind.status())));
    }

    @Test
    void theVerdictsAreThoseOfTheCode() {
        assertThat(document.at("/components/schemas/NodeView/properties/verdict/enum")
                        .valueStream()
                        .map(JsonNode::stringValue))
                .containsExactlyElementsOf(Verdict.WORDS);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        Set<String> references = new HashSet<>();
        collect(document, references);

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }

    @Test
    void realAnswersAreOfTheTypesThatTheDocumentNames() throws Exception {
        try (AdminFixture gateway = AdminFixture.start(directory, mainnet())) {
            JsonNode served = json(gateway.get("/openapi.json"));
            assertThat(served).isEqualTo(document);
            conforms(json(gateway.get("/api/v1/status")), schema("StatusView"), "status before the first look");
            gateway.publishFleet();
            gateway.send("POST", "/api/v1/nodes", "{\"url\":\"http://a:1\",\"labels\":{\"zone\":\"a\"}}");

            conforms(json(gateway.get("/api/v1/status")), schema("StatusView"), "status");
            for (JsonNode node : json(gateway.get("/api/v1/nodes"))) conforms(node, schema("NodeView"), "node");
            conforms(
                    json(gateway.send("POST", "/api/v1/tenants", "{\"name\":\"dapp\"}")),
                    schema("TenantView"),
                    "tenant");
            conforms(json(gateway.send("POST", "/api/v1/keys", "{\"tenant\":\"dapp\"}")), schema("KeyView"), "new key");
            conforms(
                    json(gateway.send("POST", "/api/v1/keys/dapp/default/rotate", "{\"expiresInSeconds\":60}")),
                    schema("KeyView"),
                    "rotated key");
            for (JsonNode tenant : json(gateway.get("/api/v1/tenants"))) {
                conforms(tenant, schema("TenantView"), "tenant");
            }
            for (JsonNode use : json(gateway.get("/api/v1/usage/tenants"))) {
                conforms(use, schema("TenantUsageView"), "usage of a tenant");
            }
            for (JsonNode use : json(gateway.get("/api/v1/usage/keys"))) {
                conforms(use, schema("KeyUsageView"), "usage of a key");
            }
            for (JsonNode key : json(gateway.get("/api/v1/keys"))) conforms(key, schema("KeyView"), "key");
            for (JsonNode line : json(gateway.get("/api/v1/audit"))) conforms(line, schema("AuditView"), "audit");
            for (JsonNode event : json(gateway.get("/api/v1/events"))) conforms(event, schema("EventView"), "event");
            conforms(json(gateway.send("POST", "/api/v1/reload", "")), schema("ReloadView"), "reload");
            conforms(
                    json(gateway.send("POST", "/api/v1/explain", "{\"method\":\"eth_call\"}")),
                    schema("ExplanationView"),
                    "explanation");
            conforms(json(gateway.get("/nowhere")), schema("Problem"), "problem");
        }
    }

    private void conforms(JsonNode value, JsonNode schema, String where) {
        if (schema.has("$ref")) {
            conforms(value, document.at(schema.path("$ref").asString().substring(1)), where);
            return;
        }
        if (schema.has("oneOf")) {
            if (!value.isNull()) conforms(value, schema.path("oneOf").path(0), where);
            return;
        }
        JsonNode type = schema.path("type");
        List<String> types =
                type.isArray() ? type.valueStream().map(JsonNode::asString).toList() : List.of(type.asString());
        assertThat(types).as("type of " + where + ": " + value).contains(type(value, types));
        if (schema.has("enum")) {
            assertThat(schema.path("enum").valueStream()).as(where).contains(value);
        }
        for (JsonNode required : schema.path("required")) {
            assertThat(value.has(required.asString()))
                    .as(where + "." + required)
                    .isTrue();
        }
        if (value.isArray()) for (JsonNode item : value) conforms(item, schema.path("items"), where + "[]");
        if (!value.isObject()) return;
        for (var member : value.properties()) {
            JsonNode named = schema.path("properties").path(member.getKey());
            conforms(
                    member.getValue(),
                    named.isMissingNode() ? schema.path("additionalProperties") : named,
                    where + "." + member.getKey());
        }
    }

    private static String type(JsonNode value, List<String> allowed) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> value.isIntegralNumber() && !allowed.contains("number") ? "integer" : "number";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case OBJECT -> "object";
            case NULL -> "null";
            case MISSING, BINARY, POJO -> "nothing of JSON";
        };
    }

    private JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name);
    }

    private static void collect(JsonNode node, Set<String> references) {
        if (node.path("$ref").isString()) references.add(node.path("$ref").asString());
        for (JsonNode child : node) collect(child, references);
    }

    private static JsonNode document() {
        try (var stream = Api.class.getResourceAsStream("/openapi.json")) {
            return AdminFixture.JSON.readTree(stream);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
