package dev.fairlead.core.jsonrpc;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The `error` member of a reply. Two are equal when they say the same, however it is written.
///
/// @param data raw JSON, or [Slice#NONE]
/// @param raw the whole object as its sender wrote it, or [Slice#NONE] when it is ours or not legal
public record RpcError(int code, String message, Slice data, Slice raw) {
    public static final int PARSE = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    public static final int INTERNAL = -32603;

    private static final int LONGEST_CODE = 32;

    public RpcError(int code, String message) {
        this(code, message, Slice.NONE);
    }

    public RpcError(int code, String message, Slice data) {
        this(code, message, data, Slice.NONE);
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
        Slice code = JsonPick.member(object, "code");
        Slice message = JsonPick.member(object, "message");
        boolean legal = isInteger(code) && JsonText.isString(message);
        return new RpcError(code(code), text(message), JsonPick.member(object, "data"), legal ? object : Slice.NONE);
    }

    /// Whether its sender wrote a code, a message and perhaps data, once each, and nothing else.
    public boolean isPlain() {
        return JsonPick.size(raw) == (data.isEmpty() ? 2 : 3);
    }

    /// For logs and for people.
    public String brief() {
        return OneLine.of("error " + code + ": " + message);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RpcError error
                && code == error.code
                && message.equals(error.message)
                && data.equals(error.data);
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, message, data);
    }

    private static boolean isInteger(Slice json) {
        for (int i = 0; i < json.size(); i++) {
            boolean digit = json.at(i) >= '0' && json.at(i) <= '9';
            if (!digit && (i > 0 || json.at(i) != '-')) return false;
        }
        return !json.isEmpty();
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
