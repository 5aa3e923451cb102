package dev.fairlead.core.jsonrpc;

import org.jspecify.annotations.Nullable;

/// The `error` member of a reply.
///
/// @param data raw JSON, or [Slice#NONE]
public record RpcError(int code, String message, Slice data) {
    public static final int PARSE = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    public static final int INTERNAL = -32603;

    private static final int LONGEST_CODE = 32;

    public RpcError(int code, String message) {
        this(code, message, Slice.NONE);
    }

    /// Reads what a node calls an error, generously: a code that is missing or unreadable counts as [#INTERNAL], one
    /// in quotes or with a fraction is taken for the number meant, a message of another type is taken as it stands.
    ///
    /// @return null when `json` is not an object
    public static @Nullable RpcError read(Slice json) {
        int from = JsonScan.skipSpace(json.array(), json.from(), json.to());
        int end = JsonScan.skipValue(json.array(), from, json.to(), JsonScan.DEEPEST);
        if (end < 0 || json.array()[from] != '{') return null;
        var object = new Slice(json.array(), from, end);
        return new RpcError(
                code(JsonPick.member(object, "code")),
                text(JsonPick.member(object, "message")),
                JsonPick.member(object, "data"));
    }

    private static int code(Slice json) {
        String text = text(json);
        if (text.isEmpty() || text.length() > LONGEST_CODE) return INTERNAL;
        try {
            return (int) Double.parseDouble(text);
        } catch (NumberFormatException _) {
            return INTERNAL;
        }
    }

    private static String text(Slice json) {
        if (json.equals(Slice.NULL)) return "";
        return JsonText.isString(json) ? JsonText.decode(json) : json.text();
    }
}
