package dev.fairlead.core.url;

import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A node's URL, read strictly: what passes here can be put into a request, a log line or a generated configuration
/// without harm. No fault text repeats a part of the URL that could be a secret.
public sealed interface NodeUrl {
    /// @param uri scheme and host in lower case, path and query exactly as given, no user info
    /// @param auth what stood as `user:password@`, or null
    record Good(URI uri, @Nullable BasicAuth auth) implements NodeUrl {}

    /// @param fault what was expected, what was found, what to do
    record Bad(String fault) implements NodeUrl {}
}
