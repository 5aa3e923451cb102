package dev.fairlead.core.jwt;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where keys come from: a file that was read with the configuration, or a URL that is fetched again and again.
///
/// @param text as it was declared
/// @param url null for a file
/// @param keys of a URL those that were fetched last
public record KeySource(String text, @Nullable URI url, List<TokenKey> keys) {
    public KeySource {
        keys = List.copyOf(keys);
    }

    KeySource with(List<TokenKey> fetched) {
        return new KeySource(text, url, fetched);
    }
}
