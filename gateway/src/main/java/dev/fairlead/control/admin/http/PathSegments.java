package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.Problem.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The parts of a path between its slashes, percent-decoded; a plus in a path stays a plus.
final class PathSegments {
    private PathSegments() {}

    static ParsedRequest<List<String>> of(String rawPath) {
        var segments = new ArrayList<String>();
        for (String segment : rawPath.split("/", -1)) {
            try {
                segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException _) {
                return new ParsedRequest.Bad<>(Problem.of(
                        Kind.INVALID, "expected two hex digits after each percent sign of the path", "correct it"));
            }
        }
        return new ParsedRequest.Good<>(List.copyOf(segments));
    }
}
