package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.Problem.Kind;
import dev.fairlead.core.fleet.NodeId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request as a handler sees it.
///
/// @param pathParameters the values for the `{…}` of the route
/// @param who the caller, for the audit trail
public record AdminRequest(Map<String, String> pathParameters, Map<String, String> query, String who, String body) {
    public NodeId node() {
        return new NodeId(pathParameters.getOrDefault("chain", ""), pathParameters.getOrDefault("name", ""));
    }

    @Nullable
    public String query(String name) {
        return query.get(name);
    }

    public ParsedRequest<Long> number(String name, long otherwise, long least, long most) {
        String text = query.get(name);
        if (text == null) return new ParsedRequest.Good<>(otherwise);
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) return new ParsedRequest.Good<>(number);
        } catch (NumberFormatException _) {
            // reported below, like a number out of bounds
        }
        return new ParsedRequest.Bad<>(Problem.of(
                Kind.INVALID,
                name + ": expected a whole number from " + least + " to " + most + ", found another value",
                "correct the query"));
    }
}
