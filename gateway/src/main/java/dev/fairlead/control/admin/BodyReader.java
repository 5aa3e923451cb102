package dev.fairlead.control.admin;

import dev.fairlead.control.admin.http.ParsedRequest;
import dev.fairlead.control.admin.http.Problem;
import dev.fairlead.control.admin.http.Problem.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the members of a body one by one, and finds every fault at once. No value is repeated, nor the name of a
/// member that is unknown: it may be a key. `null` is the same as not said.
final class BodyReader {
    private final JsonNode body;
    private final List<String> faults = new ArrayList<>();

    BodyReader(JsonNode body, List<String> members) {
        this.body = body;
        if (!members.containsAll(body.propertyNames())) {
            faults.add("unknown member; known are " + String.join(", ", members));
        }
    }

    @Nullable
    String text(String member) {
        JsonNode node = body.path(member);
        if (isAbsent(node)) return null;
        if (node.isString()) return node.stringValue();
        faults.add(member + ": expected a text, found another value");
        return null;
    }

    String neededText(String member) {
        if (isAbsent(body.path(member))) faults.add(member + ": expected a text, found nothing");
        String text = text(member);
        return text == null ? "" : text;
    }

    @Nullable
    Long number(String member) {
        JsonNode node = body.path(member);
        if (isAbsent(node)) return null;
        if (node.isIntegralNumber() && node.canConvertToLong()) return node.longValue();
        faults.add(member + ": expected a whole number, found another value");
        return null;
    }

    @Nullable
    List<String> texts(String member) {
        JsonNode node = body.path(member);
        if (isAbsent(node)) return null;
        if (node.isArray() && node.valueStream().allMatch(JsonNode::isString)) {
            return node.valueStream().map(JsonNode::stringValue).toList();
        }
        faults.add(member + ": expected a list of texts, found another value");
        return null;
    }

    void fault(String fault) {
        faults.add(fault);
    }

    /// What was read, if nothing was amiss.
    <T> ParsedRequest<T> read(T value) {
        if (faults.isEmpty()) return new ParsedRequest.Good<>(value);
        return new ParsedRequest.Bad<>(Problem.of(
                Kind.INVALID, String.join("; ", faults), "correct the body, /openapi.json describes it", faults));
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
