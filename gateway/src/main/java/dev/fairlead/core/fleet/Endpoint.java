package dev.fairlead.core.fleet;

import dev.fairlead.core.secret.MaskedUrl;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where and how a node is reached. Holds secrets: show it with [#masked()] only.
///
/// @param http `http` or `https`, with path, query and key exactly as given
/// @param ws `ws` or `wss`, or null when the node offers none
/// @param headers sent with every request to the node
public record Endpoint(
        URI http,
        @Nullable URI ws,
        Map<String, String> headers,
        @Nullable BasicAuth auth,
        @Nullable Tls tls) {

    public record BasicAuth(String user, String password) {
        @Override
        public String toString() {
            return "BasicAuth[***]"; // where a key may stand in place of the user
        }
    }

    /// PEM files; each may be null where the system's default is meant.
    ///
    /// @param ca authorities that the node's certificate must chain to
    /// @param certificate our own, for nodes that ask for one
    /// @param key the PKCS#8 key of our certificate
    public record Tls(
            @Nullable Path ca,
            @Nullable Path certificate,
            @Nullable Path key) {}

    public static Endpoint of(String http) {
        return new Endpoint(URI.create(http), null, Map.of(), null, null);
    }

    /// The HTTP URL without what may be a secret in it.
    public String masked() {
        return MaskedUrl.url(http);
    }

    @Override
    public String toString() {
        return masked();
    }
}
