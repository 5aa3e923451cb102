package dev.fairlead.core.jsonrpc;

import dev.fairlead.core.jsonrpc.ReplyShape.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One pass over the outermost members of a reply. Good for one reply.
public final class ReplyScan {
    private static final byte[] VERSION = "\"2.0\"".getBytes(StandardCharsets.US_ASCII);

    private final byte[] json;
    private final int to;

    private boolean versioned;
    private boolean versionSeen;
    private int idFrom = -1;
    private int idTo;
    private int resultFrom = -1;
    private int resultTo;
    private int errorFrom = -1;
    private int errorTo;
    private int open = -1;
    private Kind openKind = Kind.NEITHER;
    private boolean twice;

    ReplyScan(byte[] json, int to) {
        this.json = json;
        this.to = to;
    }

    /// Reads a whole reply, every byte of it.
    ///
    /// @return null when it is not one JSON object, or has a member of the envelope twice
    public static @Nullable ReplyShape of(byte[] json, int from, int to) {
        return new ReplyScan(json, to).whole(from);
    }

    /// Reads the beginning of a reply up to its result or error; what stands behind that is not known. A
    /// result or error that is null is read to its end and decides nothing: the other may follow.
    ///
    /// @return null when this cannot be the beginning of a reply
    public static @Nullable ReplyShape ofBeginning(byte[] json, int from, int to) {
        return new ReplyScan(json, to).beginning(from);
    }

    @Nullable
    ReplyShape whole(int from) {
        int at = JsonScan.skipSpace(json, from, to);
        if (at >= to || json[at] != '{') return null;
        at = JsonScan.skipSpace(json, at + 1, to);
        boolean more = at < to && json[at] != '}';
        while (more) {
            at = member(at, false);
            if (at < 0 || twice) return null;
            more = json[at] != '}';
        }
        if (at >= to || json[at] != '}' || JsonScan.skipSpace(json, at + 1, to) != to) return null;
        return shape();
    }

    @Nullable
    ReplyShape beginning(int from) {
        int at = JsonScan.skipSpace(json, from, to);
        if (at < to && json[at] != '{') return null;
        at = JsonScan.skipSpace(json, Math.min(at + 1, to), to);
        while (open < 0) {
            at = member(at, true);
            if (twice) return null;
            if (at < 0) return isCutShort(at) ? shape() : null;
            if (open < 0 && json[at] == '}') return JsonScan.skipSpace(json, at + 1, to) == to ? shape() : null;
        }
        return shape();
    }

    private boolean isCutShort(int answer) {
        return JsonScan.faultAt(answer) >= to;
    }

    /// Reads one member and returns where the next begins, or the brace behind it. When `stopping`, a result or error
    /// that is not null is not walked: its beginning is remembered as `open`.
    private int member(int at, boolean stopping) {
        EnvelopeMember member = EnvelopeMember.at(json, at, to);
        int keyEnd = member == EnvelopeMember.OTHER ? JsonScan.skipString(json, at, to) : at + member.size;
        if (keyEnd < 0) return keyEnd;
        if (member == EnvelopeMember.OTHER) member = EnvelopeMember.escaped(json, at + 1, keyEnd - 1);
        int value = JsonScan.skipColon(json, keyEnd, to);
        if (value < 0) return value;
        if (stopping && json[value] != 'n') {
            if (member == EnvelopeMember.RESULT) return stop(Kind.RESULT, value, resultFrom >= 0);
            if (member == EnvelopeMember.ERROR) return stop(Kind.ERROR, value, errorFrom >= 0);
        }
        int end = JsonScan.skipValue(json, value, to, JsonScan.DEEPEST);
        if (end < 0) return end;
        remember(member, value, end);
        return JsonScan.skipComma(json, end, to, '}');
    }

    private int stop(Kind kind, int value, boolean again) {
        twice |= again;
        open = value;
        openKind = kind;
        return value;
    }

    private void remember(EnvelopeMember member, int from, int end) {
        switch (member) {
            case RESULT -> {
                twice |= resultFrom >= 0;
                resultFrom = from;
                resultTo = end;
            }
            case ERROR -> {
                twice |= errorFrom >= 0;
                errorFrom = from;
                errorTo = end;
            }
            case JSONRPC -> {
                versioned = !versionSeen && Arrays.equals(json, from, end, VERSION, 0, VERSION.length);
                versionSeen = true;
            }
            case ID -> {
                twice |= idFrom >= 0;
                idFrom = from;
                idTo = end;
            }
            case METHOD, PARAMS, OTHER -> {}
        }
    }

    private ReplyShape shape() {
        Slice id = idFrom < 0 ? Slice.NONE : new Slice(json, idFrom, idTo);
        boolean hasResult = resultFrom >= 0;
        boolean hasError = errorFrom >= 0;
        if (open >= 0) return new ReplyShape(versioned, id, openKind, open, -1, hasResult || hasError);
        // Erigon begins a result, fails, and adds the error behind what it has written: the error counts.
        if (hasError && json[errorFrom] != 'n') {
            return new ReplyShape(versioned, id, Kind.ERROR, errorFrom, errorTo, hasResult);
        }
        if (hasResult) return new ReplyShape(versioned, id, Kind.RESULT, resultFrom, resultTo, hasError);
        return new ReplyShape(versioned, id, Kind.NEITHER, -1, -1, hasError);
    }
}
