package dev.fairlead.core.jsonrpc;

/// The `error` member of a reply.
///
/// @param data raw JSON, or [Slice#NONE]
public record RpcError(int code, String message, Slice data) {
    public static final int PARSE = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    public static final int INTERNAL = -32603;

    public RpcError(int code, String message) {
        this(code, message, Slice.NONE);
    }
}
