package dev.fairlead.control.admin;

import dev.fairlead.control.admin.Problem.Kind;
import dev.fairlead.core.fleet.NodeId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request as a handler sees it.
///
/// @param places what stands in the `{…}` of the route
/// @param who is asking, for the audit trail
record ApiRequest(Map<String, String> places, Map<String, String> query, String who, String body) {
    NodeId node() {
        return new NodeId(places.getOrDefault("chain", ""), places.getOrDefault("name", ""));
    }

    @Nullable
    String query(String name) {
        return query.get(name);
    }

    Parsed<Long> number(String name, long otherwise, long least, long most) {
        String text = query.get(name);
        if (text == null) return new Parsed.Good<>(otherwise);
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) return new Parsed.Good<>(number);
        } catch (NumberFormatException _) {
            // told below, like a number out of bounds
        }
        return new Parsed.Bad<>(Problem.of(
                Kind.INVALID,
                name + ": expected a whole number from " + least + " to " + most + ", found another value",
                "correct the query"));
    }
}
