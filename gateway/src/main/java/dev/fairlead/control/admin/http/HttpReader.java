package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.Problem.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads requests strictly by RFC 9112: it refuses everything that another reader might understand
/// differently.
final class HttpReader {
    static final int LARGEST_BODY = 1024 * 1024;

    private static final int LONGEST_LINE = 8 * 1024;
    private static final int LARGEST_HEAD = 16 * 1024;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern REQUEST = Pattern.compile("(" + TOKEN + ") ([!-~]+) HTTP/([0-9])\\.([0-9])");
    private static final Pattern TARGET =
            Pattern.compile("(?:[hH][tT][tT][pP][sS]?://([^/?#]+))?(/[^?#]*)?(?:\\?([^#]*))?");
    private static final Pattern FIELD = Pattern.compile("(" + TOKEN + "):[ \t]*([\t -~\\x80-\\xff]*)");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=%-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{0,5})?");
    private static final Pattern SIZE = Pattern.compile("([0-9A-Fa-f]{1,8})(?:[ \t]*;.*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final InputStream in;
    private int left;

    HttpReader(InputStream in) {
        this.in = in;
    }

    /// @return null when the client is gone, or has nothing more to ask
    /// @throws HttpFault when the bytes are no legal request
    @Nullable
    HttpHead head() throws IOException {
        left = LARGEST_HEAD;
        String line = line(Kind.LONG_TARGET);
        if (line != null && line.isEmpty()) line = line(Kind.LONG_TARGET); // RFC 9112, 2.2: one is let pass
        if (line == null) return null;
        Matcher request = REQUEST.matcher(line);
        if (!request.matches()) throw bad("expected a request line such as GET /api/v1/status HTTP/1.1, found another");
        if (!request.group(3).equals("1")) {
            throw fault(
                    Kind.VERSION, "expected HTTP/1.1, found " + request.group(3) + "." + request.group(4), "use it");
        }
        Matcher target = TARGET.matcher(request.group(2));
        if (!target.matches() || (target.group(1) == null && target.group(2) == null)) {
            throw bad("expected a path such as /api/v1/status, found another request target");
        }
        boolean modern = !request.group(4).equals("0");
        Map<String, List<String>> fields = fields();
        checkHost(fields, target.group(1), modern);
        return new HttpHead(
                request.group(1),
                target.group(2) == null ? "/" : target.group(2),
                target.group(3),
                target.group(1),
                modern,
                fields,
                length(fields, modern));
    }

    private Map<String, List<String>> fields() throws IOException {
        var fields = new LinkedHashMap<String, List<String>>();
        String line = some(line(Kind.LARGE_HEADERS));
        while (!line.isEmpty()) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) throw bad("expected headers of the form Name: value, found another line");
            fields.computeIfAbsent(field.group(1).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(field.group(2).strip());
            line = some(line(Kind.LARGE_HEADERS));
        }
        return fields;
    }

    private static void checkHost(Map<String, List<String>> fields, @Nullable String authority, boolean modern)
            throws HttpFault {
        if (authority != null && !AUTHORITY.matcher(authority).matches()) throw bad("the target's host is not legal");
        List<String> hosts = fields.getOrDefault("host", List.of());
        if (hosts.isEmpty() && modern) throw bad("expected a Host header, found none");
        if (hosts.size() > 1) throw bad("expected one Host header, found " + hosts.size());
        if (hosts.isEmpty() || hosts.getFirst().isEmpty()) return;
        if (!AUTHORITY.matcher(hosts.getFirst()).matches()) throw bad("the Host is not a legal host and port");
    }

    /// RFC 9112, 6.
    private static long length(Map<String, List<String>> fields, boolean modern) throws HttpFault {
        List<String> lengths = fields.getOrDefault("content-length", List.of());
        List<String> codings = fields.getOrDefault("transfer-encoding", List.of());
        if (codings.isEmpty()) return lengths.isEmpty() ? 0 : length(lengths);
        if (!modern) throw bad("HTTP/1.0 knows no Transfer-Encoding");
        if (!lengths.isEmpty()) throw bad("expected Content-Length or Transfer-Encoding, found both");
        String coding = String.join(",", codings).toLowerCase(Locale.ROOT);
        if (coding.equals("chunked")) return -1;
        for (String one : coding.split(",", -1)) {
            if (one.strip().equals("chunked")) continue;
            if (!one.strip().matches(TOKEN + "([ \t]*;.*)?")) throw bad("the Transfer-Encoding is not legal");
            throw fault(Kind.CODING, "expected no transfer coding but chunked, found another", "leave it out");
        }
        throw bad("expected the transfer coding chunked once, found it several times");
    }

    private static long length(List<String> lengths) throws HttpFault {
        if (lengths.size() > 1) throw bad("expected one Content-Length, found " + lengths.size());
        if (!LENGTH.matcher(lengths.getFirst()).matches()) throw bad("the Content-Length is not a number");
        return Long.parseLong(lengths.getFirst());
    }

    /// @throws HttpFault when it is larger than it may be, or its chunks are not legal
    byte[] body(HttpHead head) throws IOException {
        if (head.length() > LARGEST_BODY) throw new HttpFault(tooLarge());
        if (head.length() >= 0) return exactly((int) head.length());
        var all = new ByteArrayOutputStream();
        int size = chunkSize();
        while (size > 0) {
            if (size > LARGEST_BODY - all.size()) throw new HttpFault(tooLarge());
            all.writeBytes(exactly(size));
            if (!some(line(Kind.INVALID)).isEmpty()) throw bad("a chunk does not end where it says");
            size = chunkSize();
        }
        fields(); // trailers say nothing to us
        return all.toByteArray();
    }

    private int chunkSize() throws IOException {
        left = LARGEST_HEAD;
        Matcher size = SIZE.matcher(some(line(Kind.INVALID)));
        if (!size.matches()) throw bad("the size of a chunk is not a number");
        return (int) Math.min(Long.parseLong(size.group(1), 16), LARGEST_BODY + 1);
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) throw new IOException("the client left in the middle of its request");
        return bytes;
    }

    /// One line without its CR LF.
    ///
    /// @return null at the end, before the first byte of a line
    private @Nullable String line(Kind tooLong) throws IOException {
        var line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) return null;
        while (next != '\r') {
            if (next < 0) throw new IOException("the client left in the middle of its request");
            if (next == '\n') throw bad("expected lines that end with CR LF, found LF alone");
            line.write(next);
            if (line.size() > LONGEST_LINE || line.size() > left) {
                throw fault(
                        tooLong, "expected at most " + LARGEST_HEAD + " bytes of headers, found more", "shorten it");
            }
            next = in.read();
        }
        if (in.read() != '\n') throw bad("expected lines that end with CR LF, found CR alone");
        left -= line.size() + 2;
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static String some(@Nullable String line) throws IOException {
        if (line == null) throw new IOException("the client left in the middle of its request");
        return line;
    }

    static Problem tooLarge() {
        return Problem.of(
                Kind.TOO_LARGE, "expected a body of at most " + LARGEST_BODY + " bytes, found more", "shorten it");
    }

    private static HttpFault bad(String found) {
        return fault(Kind.INVALID, found, "send HTTP by the letter of RFC 9112");
    }

    private static HttpFault fault(Kind kind, String found, String remedy) {
        return new HttpFault(Problem.of(kind, found, remedy));
    }
}
