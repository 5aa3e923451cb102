package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.Problem.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters behind the question mark. A name that is unknown or stands twice is the client's mistake.
final class QueryParameters {
    private QueryParameters() {}

    /// @param raw without the question mark, or null
    /// @param known names, or null to let all pass
    static ParsedRequest<Map<String, String>> read(@Nullable String raw, @Nullable List<String> known) {
        var query = new HashMap<String, String>();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            if (pair.isEmpty()) continue;
            int equals = pair.indexOf('=');
            String name;
            String value;
            try {
                name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            } catch (IllegalArgumentException _) {
                return bad("expected two hex digits after each percent sign of the query");
            }
            if (known != null && !known.contains(name)) {
                return bad("unknown query parameter; "
                        + (known.isEmpty() ? "there are none here" : "known are " + String.join(", ", known)));
            }
            if (query.put(name, value) != null && known != null)
                return bad(name + ": expected it once, found it twice");
        }
        return new ParsedRequest.Good<>(query);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static ParsedRequest<Map<String, String>> bad(String found) {
        return new ParsedRequest.Bad<>(Problem.of(Kind.INVALID, found, "correct the query"));
    }
}
