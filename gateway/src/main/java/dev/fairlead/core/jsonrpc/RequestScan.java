package dev.fairlead.core.jsonrpc;

import org.jspecify.annotations.Nullable;

/// One request object. First [#scan] finds its members and checks that the bytes are JSON; then [#fault] says
/// what is wrong with the request; if nothing is, [#request] gives it. Used once.
final class RequestScan {
    private static final int LONGEST_METHOD = 256;
    private static final int EXCERPT = 32;

    private final byte[] json;
    private final int to;
    private final MethodNameCache names;

    private int versionFrom = -1;
    private int versionTo;
    private int idFrom = -1;
    private int idTo;
    private int methodFrom = -1;
    private int methodTo;
    private int paramsFrom = -1;
    private int paramsTo;
    private @Nullable EnvelopeMember twice;
    /// Empty when the method is no string.
    private String method = "";

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
            EnvelopeMember member = EnvelopeMember.at(json, i, to);
            int key = i;
            int keyEnd = member == EnvelopeMember.OTHER ? JsonScan.skipString(json, key, to) : key + member.size;
            if (keyEnd < 0) return keyEnd;
            if (member == EnvelopeMember.OTHER) member = EnvelopeMember.escaped(json, key + 1, keyEnd - 1);
            int value = JsonScan.skipColon(json, keyEnd, to);
            if (value < 0) return value;
            int end = JsonScan.skipValue(json, value, to, maxDepth - 1);
            if (end < 0) return end;
            keep(member, value, end);
            i = JsonScan.skipComma(json, end, to, '}');
            if (i < 0) return i;
            if (json[i] == '}') return i + 1;
        }
    }

    private void keep(EnvelopeMember member, int from, int end) {
        int before = switch (member) {
            case JSONRPC -> versionFrom;
            case ID -> idFrom;
            case METHOD -> methodFrom;
            case PARAMS -> paramsFrom;
            case RESULT, ERROR, OTHER -> -1;
        };
        if (before >= 0 && twice == null) twice = member;
        switch (member) {
            case JSONRPC -> {
                versionFrom = from;
                versionTo = end;
            }
            case ID -> {
                idFrom = from;
                idTo = end;
            }
            case METHOD -> {
                methodFrom = from;
                methodTo = end;
            }
            case PARAMS -> {
                paramsFrom = from;
                paramsTo = end;
            }
            case RESULT, ERROR, OTHER -> {}
        }
    }

    /// What is wrong with the request, or null.
    @Nullable
    RpcError fault() {
        if (methodFrom >= 0 && json[methodFrom] == '"') method = names.of(json, methodFrom + 1, methodTo - 1);
        String invalid = invalid();
        if (invalid != null) return new RpcError(RpcError.INVALID_REQUEST, invalid);
        if (paramsFrom < 0 || "[{n".indexOf(json[paramsFrom]) >= 0) return null;
        String found = excerpt(new Slice(json, paramsFrom, paramsTo));
        return new RpcError(RpcError.INVALID_PARAMS, "params must be an array or an object, found " + found);
    }

    Request request() {
        // `null` is no params: JSON-RPC does not say so, but go-ethereum took it from the beginning, and clients send
        // it.
        boolean hasParams = paramsFrom >= 0 && json[paramsFrom] != 'n';
        return new Request(
                idFrom < 0 ? Slice.NONE : new Slice(json, idFrom, idTo),
                method,
                hasParams ? new Slice(json, paramsFrom, paramsTo) : Slice.NONE);
    }

    /// For the answer to a request that is not legal.
    Slice legalId() {
        return idFrom >= 0 && isLegalId() && twice != EnvelopeMember.ID ? new Slice(json, idFrom, idTo) : Slice.NULL;
    }

    /// The beginning of some JSON, for a message.
    static String excerpt(Slice found) {
        String text = new Slice(found.array(), found.from(), Math.min(found.to(), found.from() + 4 * EXCERPT)).text();
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
    }

    private @Nullable String invalid() {
        // Of two equal keys, one reader takes the first and another the last: that is how filters are
        // bypassed.
        if (twice != null) return "The member " + twice.word() + " stands twice";
        if (versionFrom < 0) return "jsonrpc must be \"2.0\", and it is missing";
        if (json[versionFrom] != '"' || !JsonText.says(json, versionFrom + 1, versionTo - 1, "2.0")) {
            return "jsonrpc must be \"2.0\", found " + excerpt(new Slice(json, versionFrom, versionTo));
        }
        if (idFrom >= 0 && !isLegalId()) {
            return "id must be a string, a number or null, found " + excerpt(new Slice(json, idFrom, idTo));
        }
        if (methodFrom < 0) return "method must be a string, and it is missing";
        if (json[methodFrom] != '"') {
            return "method must be a string, found " + excerpt(new Slice(json, methodFrom, methodTo));
        }
        if (method.isEmpty()) return "method must not be empty";
        if (method.length() > LONGEST_METHOD) return "method must not be longer than " + LONGEST_METHOD + " characters";
        if (JsonText.hasLoneSurrogate(method)) return "method must be well-formed text";
        return null;
    }

    private boolean isLegalId() {
        byte first = json[idFrom];
        return first == '"' || first == 'n' || first == '-' || (first >= '0' && first <= '9');
    }
}
