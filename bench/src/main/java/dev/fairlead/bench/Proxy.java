package dev.fairlead.bench;

import java.nio.file.Path;
import java.util.List;

/// What stands between the load and the nodes in one run.
///
/// @param port HTTP/1.1, TLS when the scenario asks for it
/// @param portOfHttp2 where HTTP/2 in clear text is spoken
/// @param adminPort where the gateway tells of its nodes, or 0
/// @param path where calls go
/// @param unasked path on which a call that needs no node is answered
record Proxy(
        String name,
        List<String> command,
        Path home,
        int port,
        int portOfHttp2,
        int adminPort,
        String path,
        String unasked) {
    static final String RELAY = "blind relay";
    static final String EARLIER = "earlier";
    static final String ROOT = "/";

    /// Of a process that gets faster while it runs.
    boolean warmsUp() {
        return isGateway() || name.startsWith(RELAY);
    }

    /// Fairlead, of this checkout or of the one beside it.
    boolean isGateway() {
        return isOurs() || name.startsWith(EARLIER);
    }

    boolean isOurs() {
        return name.startsWith("fairlead");
    }
}
