package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.Problem.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one request as it comes, by the letter of RFC 9112: whatever two readers might understand differently is
/// refused.
final class HttpReader {
    /// No order needs that much; a call that is to be explained may.
    static final int LARGEST_BODY = 128 * 1024;

    private static final int MOST_FIELDS = 128;
    /// A header of few letters takes so many bytes once it is read.
    private static final int FIELD_BYTES = 256;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=%-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{0,5})?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final InputBytes in;
    private final HttpLines lines;
    private final Map<String, List<String>> fields = new LinkedHashMap<>();
    private int fieldCount;
    private boolean passedEmptyLine;
    private @Nullable RequestLine asked;
    private @Nullable BodyChunks chunks;

    HttpReader(InputBytes in) {
        this.in = in;
        this.lines = new HttpLines(in);
    }

    /// Bytes of memory for what is read already.
    int held() {
        return fieldCount * FIELD_BYTES + (chunks == null ? 0 : chunks.held());
    }

    /// @return null when it is not there yet
    /// @throws HttpFault when it is none
    @Nullable
    HttpHead head() throws HttpFault {
        while (true) {
            String line = lines.next(asked == null ? Kind.LONG_TARGET : Kind.LARGE_HEADERS);
            if (line == null) return null;
            if (asked == null) begin(line);
            else if (line.isEmpty()) return head(asked);
            else add(line);
        }
    }

    /// RFC 9112, 2.2: one empty line is let pass.
    private void begin(String line) throws HttpFault {
        if (line.isEmpty() && !passedEmptyLine) passedEmptyLine = true;
        else asked = RequestLine.read(line);
    }

    private void add(String line) throws HttpFault {
        if (++fieldCount > MOST_FIELDS) {
            throw HttpFault.of(
                    Kind.LARGE_HEADERS, "expected at most " + MOST_FIELDS + " headers, found more", "send fewer");
        }
        Matcher field = HttpLines.field(line);
        fields.computeIfAbsent(field.group(1).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                .add(field.group(2).strip());
    }

    private HttpHead head(RequestLine line) throws HttpFault {
        checkHost(fields, line.authority(), line.modern());
        return new HttpHead(
                line.verb(),
                line.path(),
                line.query(),
                line.authority(),
                line.modern(),
                fields,
                length(fields, line.modern()));
    }

    private static void checkHost(Map<String, List<String>> fields, @Nullable String authority, boolean modern)
            throws HttpFault {
        if (authority != null && !AUTHORITY.matcher(authority).matches())
            throw HttpFault.bad("the target's host is not legal");
        List<String> hosts = fields.getOrDefault("host", List.of());
        if (hosts.isEmpty() && modern) throw HttpFault.bad("expected a Host header, found none");
        if (hosts.size() > 1) throw HttpFault.bad("expected one Host header, found " + hosts.size());
        if (hosts.isEmpty() || hosts.getFirst().isEmpty()) return;
        if (!AUTHORITY.matcher(hosts.getFirst()).matches())
            throw HttpFault.bad("the Host is not a legal host and port");
    }

    /// RFC 9112, 6.
    private static long length(Map<String, List<String>> fields, boolean modern) throws HttpFault {
        List<String> lengths = fields.getOrDefault("content-length", List.of());
        List<String> codings = fields.getOrDefault("transfer-encoding", List.of());
        if (codings.isEmpty()) return lengths.isEmpty() ? 0 : length(lengths);
        if (!modern) throw HttpFault.bad("HTTP/1.0 knows no Transfer-Encoding");
        if (!lengths.isEmpty()) throw HttpFault.bad("expected Content-Length or Transfer-Encoding, found both");
        String coding = String.join(",", codings).toLowerCase(Locale.ROOT);
        if (coding.equals("chunked")) return -1;
        for (String one : coding.split(",", -1)) {
            if (one.strip().equals("chunked")) continue;
            if (!one.strip().matches(TOKEN + "([ \t]*;.*)?")) throw HttpFault.bad("the Transfer-Encoding is not legal");
            throw HttpFault.of(Kind.CODING, "expected no transfer coding but chunked, found another", "leave it out");
        }
        throw HttpFault.bad("expected the transfer coding chunked once, found it several times");
    }

    private static long length(List<String> lengths) throws HttpFault {
        if (lengths.size() > 1) throw HttpFault.bad("expected one Content-Length, found " + lengths.size());
        if (!LENGTH.matcher(lengths.getFirst()).matches()) throw HttpFault.bad("the Content-Length is not a number");
        return Long.parseLong(lengths.getFirst());
    }

    /// @return null when it is not there yet
    /// @throws HttpFault when it is larger than it may be, or its chunks are not legal
    byte @Nullable [] body(HttpHead head) throws HttpFault {
        if (head.length() > LARGEST_BODY) throw HttpFault.tooLarge(LARGEST_BODY);
        if (head.length() >= 0) {
            int length = (int) head.length();
            return in.size() < length ? null : in.take(length);
        }
        if (chunks == null) chunks = new BodyChunks(in, LARGEST_BODY);
        return chunks.whole();
    }
}
