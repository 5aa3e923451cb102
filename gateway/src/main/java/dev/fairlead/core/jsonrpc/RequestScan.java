package dev.fairlead.core.jsonrpc;

import dev.fairlead.core.jsonrpc.Envelope.Element;
import org.jspecify.annotations.Nullable;

/// One request object: first [#scan] finds its members and proves the bytes to be JSON, then [#judge] says whether they
/// make a legal request. Used once.
final class RequestScan {
    private static final int LONGEST_METHOD = 256;
    private static final int EXCERPT = 32;

    private final byte[] json;
    private final int to;
    private final MethodNameCache names;

    private int versionFrom = -1;
    private int versionTo;
    private @Nullable Slice id;
    private int methodFrom = -1;
    private int methodTo;
    private @Nullable Slice params;
    private @Nullable String twice;

    RequestScan(byte[] json, int to, MethodNameCache names) {
        this.json = json;
        this.to = to;
        this.names = names;
    }

    /// @param at the opening brace
    /// @return as [JsonScan#skipValue]
    int scan(int at, int maxDepth) {
        if (maxDepth <= 0) return JsonScan.TOO_DEEP;
        int i = JsonScan.skipSpace(json, at + 1, to);
        if (i < to && json[i] == '}') return i + 1;
        while (true) {
            int key = i;
            int keyEnd = JsonScan.skipString(json, key, to);
            if (keyEnd < 0) return keyEnd;
            i = JsonScan.skipSpace(json, keyEnd, to);
            if (i >= to || json[i] != ':') return ~i;
            int value = JsonScan.skipSpace(json, i + 1, to);
            int end = JsonScan.skipValue(json, value, to, maxDepth - 1);
            if (end < 0) return end;
            keep(key + 1, keyEnd - 1, value, end);
            i = JsonScan.skipSpace(json, end, to);
            if (i >= to) return ~to;
            if (json[i] == '}') return i + 1;
            if (json[i] != ',') return ~i;
            i = JsonScan.skipSpace(json, i + 1, to);
        }
    }

    Element judge() {
        String name = isString(methodFrom) ? names.of(json, methodFrom + 1, methodTo - 1) : "";
        String fault = fault(name);
        if (fault != null) return new Element.Invalid(legalId(), new RpcError(RpcError.INVALID_REQUEST, fault));
        if (params != null && "[{n".indexOf(params.at(0)) < 0) {
            String found = "params must be an array or an object, found " + excerpt(params);
            return new Element.Invalid(legalId(), new RpcError(RpcError.INVALID_PARAMS, found));
        }
        return new Element.Call(new Request(id == null ? Slice.NONE : id, name, params()));
    }

    /// `null` is no params: JSON-RPC does not say so, but go-ethereum took it from the beginning, and clients send it.
    private Slice params() {
        return params == null || params.at(0) == 'n' ? Slice.NONE : params;
    }

    /// The beginning of some JSON, for a message.
    static String excerpt(Slice found) {
        String text = new Slice(found.array(), found.from(), Math.min(found.to(), found.from() + 4 * EXCERPT)).text();
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
    }

    private void keep(int key, int keyEnd, int value, int end) {
        if (JsonText.says(json, key, keyEnd, "jsonrpc")) {
            once("jsonrpc", versionFrom >= 0);
            versionFrom = value;
            versionTo = end;
        } else if (JsonText.says(json, key, keyEnd, "id")) {
            once("id", id != null);
            id = new Slice(json, value, end);
        } else if (JsonText.says(json, key, keyEnd, "method")) {
            once("method", methodFrom >= 0);
            methodFrom = value;
            methodTo = end;
        } else if (JsonText.says(json, key, keyEnd, "params")) {
            once("params", params != null);
            params = new Slice(json, value, end);
        }
    }

    private void once(String name, boolean seen) {
        if (seen && twice == null) twice = name;
    }

    /// @param name of the method, empty when that is no string
    private @Nullable String fault(String name) {
        // Two readers of one message may believe different ones of two equal keys: that is how filters are passed by.
        if (twice != null) return "The member " + twice + " stands twice";
        if (versionFrom < 0) return "jsonrpc must be \"2.0\", and it is missing";
        if (!isString(versionFrom) || !JsonText.says(json, versionFrom + 1, versionTo - 1, "2.0")) {
            return "jsonrpc must be \"2.0\", found " + excerpt(new Slice(json, versionFrom, versionTo));
        }
        if (id != null && !isLegalId(id)) return "id must be a string, a number or null, found " + excerpt(id);
        if (methodFrom < 0) return "method must be a string, and it is missing";
        if (!isString(methodFrom)) {
            return "method must be a string, found " + excerpt(new Slice(json, methodFrom, methodTo));
        }
        if (name.isEmpty()) return "method must not be empty";
        if (name.length() > LONGEST_METHOD) return "method must not be longer than " + LONGEST_METHOD + " characters";
        if (JsonText.hasLoneSurrogate(name)) return "method must be well-formed text";
        return null;
    }

    private Slice legalId() {
        return id != null && isLegalId(id) && !"id".equals(twice) ? id : Slice.NULL;
    }

    private static boolean isLegalId(Slice id) {
        byte first = id.at(0);
        return first == '"' || first == 'n' || first == '-' || (first >= '0' && first <= '9');
    }

    private boolean isString(int value) {
        return value >= 0 && json[value] == '"';
    }
}
