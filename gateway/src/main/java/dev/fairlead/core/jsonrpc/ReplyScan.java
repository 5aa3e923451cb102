package dev.fairlead.core.jsonrpc;

import dev.fairlead.core.jsonrpc.ReplyShape.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One pass over the outermost members of a reply. Good for one reply.
final class ReplyScan {
    private static final byte[] VERSION = "\"2.0\"".getBytes(StandardCharsets.US_ASCII);

    private final byte[] json;
    private final int to;

    private boolean versioned;
    private boolean versionSeen;
    private Slice id = Slice.NONE;
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

    @Nullable
    ReplyShape whole(int from) {
        int at = JsonScan.skipSpace(json, from, to);
        if (at >= to || json[at] != '{') return null;
        at = JsonScan.skipSpace(json, at + 1, to);
        boolean more = at < to && json[at] != '}';
        while (more) {
            at = member(at, false);
            if (at < 0 || at >= to || twice) return null;
            more = json[at] == ',';
            if (more) at = JsonScan.skipSpace(json, at + 1, to);
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
            if (at < 0 || at >= to) return isCutShort(at) ? shape() : null;
            if (open < 0 && json[at] == '}') return JsonScan.skipSpace(json, at + 1, to) == to ? shape() : null;
            if (open < 0 && json[at] != ',') return null;
            if (open < 0) at = JsonScan.skipSpace(json, at + 1, to);
        }
        return shape();
    }

    private boolean isCutShort(int answer) {
        return answer >= to || JsonScan.faultAt(answer) >= to;
    }

    /// Reads one member and returns the index of the comma or brace behind it. When `stopping`, a result or error that
    /// is not null is not walked: its beginning is remembered as `open`.
    private int member(int at, boolean stopping) {
        int keyEnd = JsonScan.skipString(json, at, to);
        if (keyEnd < 0) return keyEnd;
        int colon = JsonScan.skipSpace(json, keyEnd, to);
        if (colon >= to || json[colon] != ':') return ~colon;
        int value = JsonScan.skipSpace(json, colon + 1, to);
        if (value >= to) return ~to;
        Kind kind = kind(at + 1, keyEnd - 1);
        if (stopping && kind != Kind.NEITHER && json[value] != 'n') return stop(kind, value);
        int end = JsonScan.skipValue(json, value, to, JsonScan.DEEPEST);
        if (end < 0) return end;
        remember(kind, at + 1, keyEnd - 1, value, end);
        return JsonScan.skipSpace(json, end, to);
    }

    private int stop(Kind kind, int value) {
        twice |= kind == Kind.RESULT ? resultFrom >= 0 : errorFrom >= 0;
        open = value;
        openKind = kind;
        return value;
    }

    private Kind kind(int from, int end) {
        if (JsonText.says(json, from, end, "result")) return Kind.RESULT;
        return JsonText.says(json, from, end, "error") ? Kind.ERROR : Kind.NEITHER;
    }

    private void remember(Kind kind, int key, int keyEnd, int from, int end) {
        switch (kind) {
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
            case NEITHER -> {
                if (JsonText.says(json, key, keyEnd, "jsonrpc")) {
                    versioned = !versionSeen && isVersion(from, end);
                    versionSeen = true;
                }
                if (!JsonText.says(json, key, keyEnd, "id")) return;
                twice |= !id.isEmpty();
                id = new Slice(json, from, end);
            }
        }
    }

    private boolean isVersion(int from, int end) {
        return Arrays.equals(json, from, end, VERSION, 0, VERSION.length);
    }

    private ReplyShape shape() {
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
