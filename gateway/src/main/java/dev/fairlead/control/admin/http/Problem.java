package dev.fairlead.control.admin.http;

import java.util.List;

/// Why the admin API did not do what it was asked, as RFC 9457 has it.
///
/// @param type a URN by which scripts can tell problems apart
/// @param detail what was expected, what was found, what to do
/// @param remedy what to do, once more
/// @param faults line by line where there are several; else empty
public record Problem(String type, String title, int status, String detail, String remedy, List<String> faults) {
    public static Problem of(Kind kind, String found, String remedy) {
        return of(kind, found, remedy, List.of());
    }

    public static Problem of(Kind kind, String found, String remedy, List<String> faults) {
        return new Problem(kind.type, kind.title, kind.status, found + "; " + remedy, remedy, List.copyOf(faults));
    }

    /// The one table of problems; it stands in the OpenAPI document too.
    public enum Kind {
        INVALID("invalid", "The request is wrong", 400),
        UNAUTHORIZED("unauthorized", "The token is missing or wrong", 401),
        FORBIDDEN("forbidden", "Not from this page or under this name", 403),
        UNKNOWN("unknown", "There is no such thing", 404),
        VERB("verb", "Not with this HTTP method", 405),
        CONFLICT("conflict", "It contradicts what is declared", 409),
        TIMEOUT("timeout", "The request took too long", 408),
        TOO_LARGE("too-large", "The body is too large", 413),
        LONG_TARGET("long-target", "The request line is too long", 414),
        MEDIA_TYPE("media-type", "The body is no plain JSON", 415),
        EXPECTATION("expectation", "Nothing but 100-continue can be expected", 417),
        LARGE_HEADERS("large-headers", "The headers are too large", 431),
        INTERNAL("internal", "A bug in Fairlead", 500),
        CODING("coding", "No such transfer coding", 501),
        UNAVAILABLE("unavailable", "The store cannot be used", 503),
        BUSY("busy", "Too much at once", 503),
        VERSION("version", "No such version of HTTP", 505);

        private final String type;
        private final String title;
        private final int status;

        Kind(String word, String title, int status) {
            this.type = "urn:fairlead:" + word;
            this.title = title;
            this.status = status;
        }

        public String type() {
            return type;
        }

        String title() {
            return title;
        }

        public int status() {
            return status;
        }
    }
}
