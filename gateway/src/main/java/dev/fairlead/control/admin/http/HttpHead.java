package dev.fairlead.control.admin.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The head of a request, well-formed by RFC 9112.
///
/// @param path as it was sent, percent signs and all
/// @param query without its question mark, or null
/// @param authority of a target that is a whole URL, or null
/// @param modern whether it is HTTP/1.1 rather than 1.0
/// @param fields by their names in small letters, in the order they came
/// @param length of the body, 0 for none, -1 for one in chunks
record HttpHead(
        String verb,
        String path,
        @Nullable String query,
        @Nullable String authority,
        boolean modern,
        Map<String, List<String>> fields,
        long length) {

    @Nullable
    String first(String name) {
        List<String> values = fields.get(name);
        return values == null ? null : values.getFirst();
    }

    boolean hasBody() {
        return length != 0;
    }

    boolean isPersistent() {
        return modern
                && fields.getOrDefault("connection", List.of()).stream()
                        .noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"));
    }

    /// Whether the client waits for `100 Continue` before it sends its body.
    boolean waits() {
        return modern && hasBody() && fields.containsKey("expect");
    }
}
