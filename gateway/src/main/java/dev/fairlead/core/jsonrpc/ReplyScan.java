package dev.fairlead.core.jsonrpc;

import dev.fairlead.core.jsonrpc.ReplyShape.Kind;
import org.jspecify.annotations.Nullable;

/// One pass over the outermost members of a reply. Good for one reply.
final class ReplyScan {
    private static final Slice VERSION = Slice.of("\"2.0\"");

    private final byte[] json;
    private final int to;

    private boolean versioned;
    private Slice id = Slice.NONE;
    private Slice result = Slice.NONE;
    private Slice error = Slice.NONE;
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
        remember(kind, at + 1, keyEnd - 1, new Slice(json, value, end));
        return JsonScan.skipSpace(json, end, to);
    }

    private int stop(Kind kind, int value) {
        open = value;
        openKind = kind;
        return value;
    }

    private Kind kind(int from, int end) {
        if (JsonText.says(json, from, end, "result")) return Kind.RESULT;
        return JsonText.says(json, from, end, "error") ? Kind.ERROR : Kind.NEITHER;
    }

    private void remember(Kind kind, int from, int end, Slice value) {
        switch (kind) {
            case RESULT -> {
                twice |= !result.isEmpty();
                result = value;
            }
            case ERROR -> {
                twice |= !error.isEmpty();
                error = value;
            }
            case NEITHER -> {
                if (JsonText.says(json, from, end, "jsonrpc")) versioned = value.equals(VERSION);
                if (!JsonText.says(json, from, end, "id")) return;
                twice |= !id.isEmpty();
                id = value;
            }
        }
    }

    private ReplyShape shape() {
        if (open >= 0) {
            boolean beside = !result.isEmpty() || !error.isEmpty();
            return new ReplyShape(versioned, id, openKind, open, -1, beside);
        }
        // Erigon begins a result, fails, and adds the error behind what it has written: the error counts.
        if (!error.isEmpty() && !isNull(error)) return shape(Kind.ERROR, error, !result.isEmpty());
        if (!result.isEmpty()) return shape(Kind.RESULT, result, !error.isEmpty());
        return new ReplyShape(versioned, id, Kind.NEITHER, -1, -1, false);
    }

    private ReplyShape shape(Kind kind, Slice value, boolean beside) {
        return new ReplyShape(versioned, id, kind, value.from(), value.to(), beside);
    }

    private boolean isNull(Slice value) {
        return json[value.from()] == 'n';
    }
}
