package dev.fairlead.fakenode;

import java.util.Map;

/// One call as a [FakeNode] received it; the calls of a batch are received one by one and share `body`.
///
/// @param id the id's JSON text byte for byte, empty for a notification
/// @param params the params' JSON text byte for byte, `[]` if there were none
/// @param path the request target, for example `/v3/key?x=1`
/// @param headers names in any case; several values of one name are joined by a comma; for a WebSocket those of the
/// handshake
/// @param body the whole HTTP body or WebSocket message
public record Received(
        String method,
        String params,
        String id,
        Transport transport,
        String path,
        Map<String, String> headers,
        String body) {
    public enum Transport {
        HTTP,
        WEB_SOCKET
    }

    boolean notification() {
        return id.isEmpty();
    }
}
