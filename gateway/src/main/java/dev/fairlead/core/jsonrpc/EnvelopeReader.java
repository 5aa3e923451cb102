package dev.fairlead.core.jsonrpc;

import dev.fairlead.core.jsonrpc.Envelope.Batch;
import dev.fairlead.core.jsonrpc.Envelope.Element;
import dev.fairlead.core.jsonrpc.Envelope.Malformed;
import dev.fairlead.core.jsonrpc.Envelope.Single;
import dev.fairlead.core.jsonrpc.Envelope.TooMany;
import java.util.ArrayList;
import java.util.List;

/// Reads a client's body in one pass, by the letter of JSON-RPC 2.0. Never throws, whatever the bytes: everything that
/// is not a legal request comes back as the error that its sender is to get.
///
/// @param maxNesting depth of JSON, the body's own object or array included
/// @param maxBatch calls in one batch
/// @param names of methods that were read before; they belong to one thread, and so does their reader
public record EnvelopeReader(int maxNesting, int maxBatch, MethodNameCache names) {
    public EnvelopeReader(int maxNesting, int maxBatch) {
        this(maxNesting, maxBatch, new MethodNameCache());
    }

    public Envelope read(byte[] body) {
        return read(body, 0, body.length);
    }

    public Envelope read(byte[] body, int from, int to) {
        int at = JsonScan.skipSpace(body, from, to);
        if (at == to) return malformed(RpcError.PARSE, "The body is empty, expected a JSON-RPC request");
        return switch (body[at]) {
            case '{' -> single(body, from, at, to);
            case '[' -> batch(body, from, at, to);
            default -> neither(body, from, at, to);
        };
    }

    private Envelope single(byte[] body, int from, int at, int to) {
        var request = new RequestScan(body, to, names);
        int end = request.scan(at, maxNesting);
        if (end >= 0) end = nothingBut(body, end, to);
        if (end < 0) return unreadable(body, from, to, end);
        RpcError fault = request.fault();
        return fault == null ? new Single(request.request()) : new Malformed(request.legalId(), fault);
    }

    private Envelope batch(byte[] body, int from, int at, int to) {
        List<Element> elements = new ArrayList<>();
        int found = 0;
        int i = JsonScan.skipSpace(body, at + 1, to);
        boolean more = i >= to || body[i] != ']';
        while (more) {
            i = found++ < maxBatch ? element(body, i, to, elements) : JsonScan.skipValue(body, i, to, maxNesting - 1);
            if (i >= 0) i = JsonScan.skipComma(body, i, to, ']');
            if (i < 0) return unreadable(body, from, to, i);
            more = body[i] != ']';
        }
        int end = nothingBut(body, i + 1, to);
        if (end < 0) return unreadable(body, from, to, end);
        if (found == 0) return malformed(RpcError.INVALID_REQUEST, "The batch is empty, expected at least one call");
        return found > maxBatch ? new TooMany(found, maxBatch) : new Batch(List.copyOf(elements));
    }

    private int element(byte[] body, int at, int to, List<Element> elements) {
        if (at < to && body[at] == '{') {
            var request = new RequestScan(body, to, names);
            int end = request.scan(at, maxNesting - 1);
            if (end < 0) return end;
            RpcError fault = request.fault();
            elements.add(
                    fault == null
                            ? new Element.Call(request.request())
                            : new Element.Invalid(request.legalId(), fault));
            return end;
        }
        int end = JsonScan.skipValue(body, at, to, maxNesting - 1);
        if (end >= 0) elements.add(new Element.Invalid(Slice.NULL, notAnObject(new Slice(body, at, end))));
        return end;
    }

    /// Legal JSON that is neither a request nor a batch, or no JSON at all.
    private Envelope neither(byte[] body, int from, int at, int to) {
        int end = JsonScan.skipValue(body, at, to, maxNesting);
        if (end < 0) return unreadable(body, from, to, end);
        int after = nothingBut(body, end, to);
        if (after < 0) return unreadable(body, from, to, after);
        return new Malformed(Slice.NULL, notAnObject(new Slice(body, at, end)));
    }

    private static int nothingBut(byte[] body, int at, int to) {
        int end = JsonScan.skipSpace(body, at, to);
        return end == to ? end : ~end;
    }

    private Envelope unreadable(byte[] body, int from, int to, int fault) {
        if (fault == JsonScan.TOO_DEEP) {
            return malformed(RpcError.INVALID_REQUEST, "The JSON is nested deeper than " + maxNesting + " levels");
        }
        if (beginsWithMark(body, from, to)) {
            return malformed(RpcError.PARSE, "The body begins with a byte order mark, expected plain UTF-8 JSON");
        }
        int at = JsonScan.faultAt(fault);
        if (at >= to)
            return malformed(RpcError.PARSE, "The JSON ends too early, after " + Counted.of(to - from, "byte"));
        return malformed(RpcError.PARSE, "The body is not legal JSON at byte " + (at - from));
    }

    private static boolean beginsWithMark(byte[] body, int from, int to) {
        return to - from >= 3
                && body[from] == (byte) 0xef
                && body[from + 1] == (byte) 0xbb
                && body[from + 2] == (byte) 0xbf;
    }

    private static Envelope malformed(int code, String message) {
        return new Malformed(Slice.NULL, new RpcError(code, message));
    }

    private static RpcError notAnObject(Slice found) {
        return new RpcError(RpcError.INVALID_REQUEST, "Expected a request object, found " + RequestScan.excerpt(found));
    }
}
