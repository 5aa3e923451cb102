package dev.fairlead.control.admin;

import dev.fairlead.control.admin.http.ParsedRequest;
import dev.fairlead.control.admin.http.Problem;
import dev.fairlead.control.admin.http.Problem.Kind;
import dev.fairlead.control.operate.NodeOrder;
import dev.fairlead.control.operate.PlanOrder;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.fleet.Endpoint.Tls;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.url.NodeText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the body of an order about a node, strictly: all unknown members and wrong types are reported
/// together, and no value is repeated, because it may be a secret. `null` is the same as not said.
final class OrderReader {
    static final List<String> MEMBERS = List.of(
            "chain",
            "chainId",
            "name",
            "url",
            "wsUrl",
            "role",
            "leader",
            "headers",
            "auth",
            "tls",
            "labels",
            "weight",
            "capacity",
            "rate",
            "daily",
            "credits");
    static final List<String> AUTH_MEMBERS = List.of("user", "password");
    static final List<String> TLS_MEMBERS = List.of("ca", "certificate", "key");

    private static final int MOST_FAULTS = 32;

    private final List<String> faults = new ArrayList<>();

    private OrderReader() {}

    static ParsedRequest<NodeOrder> read(JsonNode body) {
        var reader = new OrderReader();
        NodeOrder order = reader.order(body);
        if (reader.faults.isEmpty()) return new ParsedRequest.Good<>(order);
        return new ParsedRequest.Bad<>(Problem.of(
                Kind.INVALID,
                String.join("; ", reader.faults),
                "correct the body, /openapi.json describes it",
                reader.faults));
    }

    private NodeOrder order(JsonNode body) {
        known("", body, MEMBERS);
        return new NodeOrder(
                text("", body, "chain"),
                number(body, "chainId"),
                text("", body, "name"),
                text("", body, "url"),
                text("", body, "wsUrl"),
                role(text("", body, "role")),
                flag(body, "leader"),
                words(body, "headers"),
                auth(body.path("auth")),
                tls(body.path("tls")),
                words(body, "labels"),
                small(body, "weight"),
                small(body, "capacity"),
                new PlanOrder(text("", body, "rate"), number(body, "daily"), numbers(body, "credits")));
    }

    private @Nullable BasicAuth auth(JsonNode auth) {
        if (absent(auth) || !object("auth", auth)) return null;
        known("auth.", auth, AUTH_MEMBERS);
        String user = text("auth.", auth, "user");
        String password = text("auth.", auth, "password");
        return new BasicAuth(user == null ? "" : user, password == null ? "" : password);
    }

    private @Nullable Tls tls(JsonNode tls) {
        if (absent(tls) || !object("tls", tls)) return null;
        known("tls.", tls, TLS_MEMBERS);
        return new Tls(path(tls, "ca"), path(tls, "certificate"), path(tls, "key"));
    }

    private @Nullable Path path(JsonNode tls, String member) {
        String text = text("tls.", tls, member);
        if (text == null || text.isEmpty()) return null;
        try {
            return Path.of(text);
        } catch (InvalidPathException _) {
            fault("tls." + member + ": expected the path of a file, found something that is none");
            return null;
        }
    }

    private Node.@Nullable Role role(@Nullable String word) {
        return switch (word) {
            case null -> null;
            case "own" -> Node.Role.OWN;
            case "rented" -> Node.Role.RENTED;
            default -> {
                fault("role: expected own or rented, found another word");
                yield null;
            }
        };
    }

    private @Nullable Map<String, String> words(JsonNode body, String member) {
        JsonNode node = body.path(member);
        if (absent(node) || !object(member, node)) return null;
        if (node.size() > NodeText.MOST_WORDS) {
            fault(member + ": expected at most " + NodeText.MOST_WORDS + ", found " + node.size());
            return null;
        }
        var words = new LinkedHashMap<String, String>();
        for (var entry : node.properties()) {
            if (entry.getValue().isString())
                words.put(entry.getKey(), entry.getValue().stringValue());
            else fault(member + ": expected a text for each name, found " + kind(entry.getValue()));
        }
        return words;
    }

    private @Nullable Map<String, Long> numbers(JsonNode body, String member) {
        JsonNode node = body.path(member);
        if (absent(node) || !object(member, node)) return null;
        var numbers = new LinkedHashMap<String, Long>();
        for (var entry : node.properties()) {
            JsonNode number = entry.getValue();
            if (number.isIntegralNumber() && number.canConvertToLong()) numbers.put(entry.getKey(), number.longValue());
            else fault(member + ": expected a whole number for each name, found " + kind(number));
        }
        return numbers;
    }

    private @Nullable String text(String prefix, JsonNode body, String member) {
        JsonNode node = body.path(member);
        if (absent(node)) return null;
        if (node.isString()) return node.stringValue();
        fault(prefix + member + ": expected a text, found " + kind(node));
        return null;
    }

    private @Nullable Boolean flag(JsonNode body, String member) {
        JsonNode node = body.path(member);
        if (absent(node)) return null;
        if (node.isBoolean()) return node.booleanValue();
        fault(member + ": expected true or false, found " + kind(node));
        return null;
    }

    private @Nullable Long number(JsonNode body, String member) {
        JsonNode node = body.path(member);
        if (absent(node)) return null;
        if (node.isIntegralNumber() && node.canConvertToLong()) return node.longValue();
        fault(member + ": expected a whole number, found " + kind(node));
        return null;
    }

    private @Nullable Integer small(JsonNode body, String member) {
        Long number = number(body, member);
        if (number == null) return null;
        return Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private boolean object(String member, JsonNode node) {
        if (node.isObject()) return true;
        fault(member + ": expected an object, found " + kind(node));
        return false;
    }

    private void known(String prefix, JsonNode body, List<String> members) {
        for (String name : body.propertyNames()) {
            if (members.contains(name)) continue;
            // next to secrets, a name may be a secret itself
            String shown = prefix.isEmpty() ? shown(name) : "***";
            fault("unknown member " + prefix + shown + "; known are " + String.join(", ", members));
        }
    }

    private void fault(String text) {
        if (faults.size() < MOST_FAULTS) faults.add(text);
        else if (faults.size() == MOST_FAULTS) faults.add("and more");
    }

    private static String shown(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "…";
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case NULL, MISSING -> "nothing";
            case BINARY, POJO -> "something else";
        };
    }
}
