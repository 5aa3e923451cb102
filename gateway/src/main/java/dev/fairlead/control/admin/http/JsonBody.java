package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.Problem.Kind;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;

/// The body of a request to the admin API.
public final class JsonBody {
    private JsonBody() {}

    /// Reads an object; an empty body is an empty one. Says where a fault is, and does not repeat the text
    /// there, which may be a key.
    public static ParsedRequest<JsonNode> object(String body) {
        if (body.isBlank()) return new ParsedRequest.Good<>(AdminJson.emptyObject());
        try {
            JsonNode tree = AdminJson.tree(body);
            if (tree.isObject()) return new ParsedRequest.Good<>(tree);
            return bad("expected a JSON object, found another JSON value");
        } catch (StreamConstraintsException _) {
            return bad("expected a JSON object of at most " + AdminJson.MOST_TOKENS + " names and values, "
                    + AdminJson.DEEPEST + " deep, found a larger one or a long name or number");
        } catch (JacksonException failure) {
            var at = failure.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            return bad("expected a JSON object, found something that is not JSON, or a member twice," + where);
        }
    }

    private static ParsedRequest<JsonNode> bad(String found) {
        return new ParsedRequest.Bad<>(Problem.of(Kind.INVALID, found, "see /openapi.json for the body", List.of()));
    }
}
