package dev.fairlead.core.telemetry;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Finds the series of a set of labels without building strings, and bounds how many there can be: a node that invents
/// error codes must not fill the memory. Beyond the bound everything counts into one series named `other`.
final class Series<K, P> {
    private static final int AT_MOST = 20_000;

    private final ConcurrentHashMap<K, P> known = new ConcurrentHashMap<>();
    private final Function<K, P> make;
    private final K other;

    Series(Function<K, P> make, K other) {
        this.make = make;
        this.other = other;
    }

    P of(K labels) {
        P point = known.get(labels);
        if (point != null) return point;
        return known.computeIfAbsent(known.size() < AT_MOST ? labels : other, make);
    }
}
