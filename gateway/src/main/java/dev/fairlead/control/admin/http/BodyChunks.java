package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.Problem.Kind;
import java.io.ByteArrayOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A body in chunks (RFC 9112, 7.1), as they come.
///
/// ```
///   SIZE ──▶ DATA ──▶ END ──▶ SIZE … ──(0)──▶ TRAILERS ──▶ whole
/// ```
final class BodyChunks {
    private static final Pattern SIZE = Pattern.compile("([0-9A-Fa-f]{1,8})(?:[ \t]*;.*)?");

    private final InputBytes in;
    private final HttpLines lines;
    private final int most;
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private Step step = Step.SIZE;
    private int left;

    private enum Step {
        SIZE,
        DATA,
        END,
        TRAILERS,
        WHOLE
    }

    BodyChunks(InputBytes in, int most) {
        this.in = in;
        this.lines = new HttpLines(in);
        this.most = most;
    }

    int held() {
        return all.size();
    }

    /// @return null when it is not there yet
    /// @throws HttpFault when it is larger than it may be, or its chunks are not legal
    byte @Nullable [] whole() throws HttpFault {
        boolean moved = true;
        while (moved && step != Step.WHOLE) moved = moves();
        return step == Step.WHOLE ? all.toByteArray() : null;
    }

    private boolean moves() throws HttpFault {
        return switch (step) {
            case SIZE -> size(lines.next(Kind.INVALID));
            case DATA -> data();
            case END -> end(lines.next(Kind.INVALID));
            case TRAILERS -> trailer(lines.next(Kind.LARGE_HEADERS));
            case WHOLE -> false;
        };
    }

    private boolean size(@Nullable String line) throws HttpFault {
        if (line == null) return false;
        Matcher size = SIZE.matcher(line);
        if (!size.matches()) throw HttpFault.bad("the size of a chunk is not a number");
        long bytes = Long.parseLong(size.group(1), 16);
        if (bytes > most - all.size()) throw HttpFault.tooLarge(most);
        lines.again();
        left = (int) bytes;
        step = bytes == 0 ? Step.TRAILERS : Step.DATA;
        return true;
    }

    private boolean data() {
        int size = Math.min(left, in.size());
        all.writeBytes(in.take(size));
        left -= size;
        if (left == 0) step = Step.END;
        return left == 0;
    }

    private boolean end(@Nullable String line) throws HttpFault {
        if (line == null) return false;
        if (!line.isEmpty()) throw HttpFault.bad("a chunk does not end where it says");
        step = Step.SIZE;
        return true;
    }

    /// Trailers say nothing to us.
    private boolean trailer(@Nullable String line) throws HttpFault {
        if (line == null) return false;
        if (line.isEmpty()) step = Step.WHOLE;
        else HttpLines.field(line);
        return true;
    }
}
