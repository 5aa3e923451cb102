package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.Problem.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The lines of a head, or of what frames a body in chunks, as they come; of bounded length, all together too.
final class HttpLines {
    private static final int LONGEST = 8 * 1024;
    private static final int MOST = 16 * 1024;

    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t -~\\x80-\\xff]*)");

    private final InputBytes in;
    private int left = MOST;

    HttpLines(InputBytes in) {
        this.in = in;
    }

    /// From here on they count anew.
    void again() {
        left = MOST;
    }

    /// One line without its CR LF.
    ///
    /// @return null when its end is not there yet
    /// @throws HttpFault when it is too long, or does not end with CR LF
    @Nullable
    String next(Kind tooLong) throws HttpFault {
        int length = in.toLineEnd();
        if (length > LONGEST || length > left) {
            throw HttpFault.of(tooLong, "expected at most " + MOST + " bytes of headers, found more", "shorten it");
        }
        if (length == in.size()) return null;
        if (in.at(length) == '\n') throw HttpFault.bad("expected lines that end with CR LF, found LF alone");
        if (length + 1 == in.size()) return null;
        if (in.at(length + 1) != '\n') throw HttpFault.bad("expected lines that end with CR LF, found CR alone");
        left -= length + 2;
        String line = in.takeText(length);
        in.skip(2);
        return line;
    }

    /// Name and value of a header or trailer.
    static Matcher field(String line) throws HttpFault {
        Matcher field = FIELD.matcher(line);
        if (field.matches()) return field;
        throw HttpFault.bad("expected headers of the form Name: value, found another line");
    }
}
