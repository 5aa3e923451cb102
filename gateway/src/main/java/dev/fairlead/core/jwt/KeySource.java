package dev.fairlead.core.jwt;

import java.util.List;

/// A file of keys, read with the configuration.
///
/// @param text as it was declared
public record KeySource(String text, List<TokenKey> keys) {
    public KeySource {
        keys = List.copyOf(keys);
    }
}
