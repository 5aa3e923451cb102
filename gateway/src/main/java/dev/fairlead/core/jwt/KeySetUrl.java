package dev.fairlead.core.jwt;

import dev.fairlead.core.secret.MaskedUrl;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where a set of keys is fetched from.
///
/// @param authorization the header of that name, or null
public record KeySetUrl(URI url, @Nullable String authorization) {
    /// Both may have a secret in them.
    @Override
    public String toString() {
        return MaskedUrl.url(url);
    }
}
