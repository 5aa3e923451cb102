package dev.fairlead.control.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One line of the admin API: verb, path, what it is for, and who answers.
///
/// @param template a path in which `{name}` stands for one segment
record Route(String verb, String template, String purpose, Function<Ask, Said> handler) {
    /// What stands in the template's places, or nothing when the path is another one.
    Optional<Map<String, String>> match(String rawPath) {
        List<String> wanted = List.of(template.split("/", -1));
        List<String> found = List.of(rawPath.split("/", -1));
        if (wanted.size() != found.size()) return Optional.empty();
        var places = new HashMap<String, String>();
        for (int i = 0; i < wanted.size(); i++) {
            String want = wanted.get(i);
            if (want.startsWith("{")) {
                places.put(want.substring(1, want.length() - 1), decoded(found.get(i)));
            } else if (!want.equals(found.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(places);
    }

    /// Percent signs only: a plus is a plus in a path. What is not well encoded names nothing.
    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return segment;
        }
    }
}
