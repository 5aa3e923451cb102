package dev.fairlead.core.allow;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Origins of pages, with stars for what may be anything: `https://*.example.org`, `http://localhost:*`,
/// `*.example.org`. A star alone is every origin, `null` too, which browsers send for files and sandboxes.
///
/// @param text as it was declared
/// @param scheme with stars; a star alone where none is named
/// @param port null for the one that the scheme has anyway; a star for any
public record OriginPattern(
        String text, String scheme, String host, @Nullable String port) {
    private static final String ANY = "*";
    private static final String OPAQUE = "null";

    /// What came of reading a pattern.
    public sealed interface Parsed {
        record Good(OriginPattern pattern) implements Parsed {}

        /// @param why what was expected and what was found
        record NeverMatches(String why) implements Parsed {}
    }

    public static Parsed parse(String text) {
        if (text.equals(ANY) || text.equalsIgnoreCase(OPAQUE)) {
            return new Parsed.Good(new OriginPattern(text, text.toLowerCase(Locale.ROOT), "", null));
        }
        int end = text.indexOf("://");
        if (end < 0 && !text.startsWith(ANY)) {
            return never("found no scheme: browsers send https://" + text + ", so write that, or *://" + text);
        }
        String scheme = end < 0 ? ANY : text.substring(0, end).toLowerCase(Locale.ROOT);
        String authority = end < 0 ? text : text.substring(end + 3);
        if (!scheme.matches("[a-z*][a-z0-9+.*-]*")) return never("found a scheme that no page has");
        if (authority.matches(".*[/?#].*")) return never("found a path: an origin ends with its host and port");
        if (authority.indexOf('@') >= 0) return never("found a user: an origin has none");
        int colon = Origin.portColon(authority);
        String host = Origin.host(colon < 0 ? authority : authority.substring(0, colon));
        if (host == null || !isHost(host, scheme)) return never("found a host that browsers do not send");
        if (colon < 0) return new Parsed.Good(new OriginPattern(text, scheme, host, null));
        String port = authority.substring(colon + 1);
        if (port.equals(ANY)) return new Parsed.Good(new OriginPattern(text, scheme, host, ANY));
        int number = Origin.port(port);
        if (number < 0) return never("found a port that is none");
        return new Parsed.Good(new OriginPattern(text, scheme, host, Integer.toString(number)));
    }

    private static boolean isHost(String host, String scheme) {
        if (host.isEmpty()) return scheme.equals("file");
        return !host.startsWith(".") && !host.contains("..") && host.matches("\\[.*]|[a-z0-9._*-]+");
    }

    private static Parsed never(String why) {
        return new Parsed.NeverMatches("expected an origin such as \"https://*.example.com\", " + why);
    }

    /// Whether one of them stands for that origin.
    public static boolean match(List<OriginPattern> patterns, @Nullable String origin) {
        if (patterns.isEmpty() || origin == null) return false;
        Origin read = Origin.parse(origin);
        for (OriginPattern pattern : patterns) if (pattern.matches(origin, read)) return true;
        return false;
    }

    private boolean matches(String said, @Nullable Origin origin) {
        if (text.equals(ANY)) return true;
        if (origin == null) return scheme.equals(OPAQUE) && said.equalsIgnoreCase(OPAQUE);
        return TextPattern.matches(scheme, origin.scheme())
                && TextPattern.matches(host, origin.host())
                && (!host.contains(ANY) || host.equals(ANY) || origin.host().indexOf('_') < 0)
                && isPort(origin);
    }

    private boolean isPort(Origin origin) {
        if (port == null) return origin.port() == Origin.usualPort(origin.scheme());
        return port.equals(ANY) || port.equals(Integer.toString(origin.port()));
    }

    @Override
    public String toString() {
        return text;
    }
}
