package dev.fairlead.core.jwt;

import java.util.List;

/// A file of keys, read with the configuration.
///
/// @param text as it was declared
/// @param passedOver of its keys those that no token can be checked by, each by its name and why
public record KeySource(String text, List<TokenKey> keys, List<String> passedOver) {
    public KeySource(String text, List<TokenKey> keys) {
        this(text, keys, List.of());
    }

    public KeySource {
        passedOver = List.copyOf(passedOver);
        keys = List.copyOf(keys);
    }
}
