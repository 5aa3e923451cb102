package dev.fairlead.fakenode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The raw transactions that one node was given, by hash, in order of arrival.
final class Mempool {
    private final Map<String, String> rawByHash = new LinkedHashMap<>();

    /// Whether it was new.
    synchronized boolean add(String hash, String raw) {
        return rawByHash.putIfAbsent(hash, raw) == null;
    }

    synchronized Optional<String> raw(String hash) {
        return Optional.ofNullable(rawByHash.get(hash));
    }

    synchronized List<String> all() {
        return new ArrayList<>(rawByHash.values());
    }
}
