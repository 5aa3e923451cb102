package dev.fairlead.core.jsonrpc;

/// One call as its client wrote it: the method decoded, id and params as the client's own bytes.
///
/// @param id the raw JSON of the id, or [Slice#NONE] when the client wants no answer (a notification)
/// @param params the raw JSON of the params, or [Slice#NONE] when the client sent none
public record Request(Slice id, String method, Slice params) {
    public static Request of(String method, String params) {
        return new Request(Slice.of("1"), method, Slice.of(params));
    }

    public boolean isNotification() {
        return id.isEmpty();
    }
}
