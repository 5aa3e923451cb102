package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.Problem.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The first line of a request (RFC 9112, 3).
///
/// @param authority of a target that is a whole URL, or null
/// @param query without its question mark, or null
/// @param modern whether it is HTTP/1.1 rather than 1.0
record RequestLine(
        String verb,
        @Nullable String authority,
        String path,
        @Nullable String query,
        boolean modern) {
    private static final Pattern LINE =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([!-~]+) HTTP/([0-9])\\.([0-9])");
    private static final Pattern TARGET =
            Pattern.compile("(?:[hH][tT][tT][pP][sS]?://([^/?#]+))?(/[^?#]*)?(?:\\?([^#]*))?");

    static RequestLine read(String line) throws HttpFault {
        Matcher request = LINE.matcher(line);
        if (!request.matches())
            throw HttpFault.bad("expected a request line such as GET /api/v1/status HTTP/1.1, found another");
        if (!request.group(3).equals("1")) {
            throw HttpFault.of(
                    Kind.VERSION, "expected HTTP/1.1, found " + request.group(3) + "." + request.group(4), "use it");
        }
        Matcher target = TARGET.matcher(request.group(2));
        if (!target.matches() || (target.group(1) == null && target.group(2) == null)) {
            throw HttpFault.bad("expected a path such as /api/v1/status, found another request target");
        }
        return new RequestLine(
                request.group(1),
                target.group(1),
                target.group(2) == null ? "/" : target.group(2),
                target.group(3),
                !request.group(4).equals("0"));
    }
}
