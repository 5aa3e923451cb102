package dev.fairlead.core.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Host names whose addresses were found lately, kept for as long as their source allows. Bounded.
final class KnownNames {
    /// A burst of new connections asks once, even where the answer may not be kept at all.
    static final Duration SHORTEST = Duration.ofSeconds(1);
    /// A node that moved is found after a minute, even if its name promised to stay for a day.
    static final Duration LONGEST = Duration.ofMinutes(1);

    private static final int MOST = 1024;

    private final LongSupplier clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(List<InetAddress> addresses, long until) {}

    /// @param clock `System.nanoTime()`
    KnownNames(LongSupplier clock) {
        this.clock = clock;
    }

    @Nullable
    List<InetAddress> addresses(String host) {
        Known found = known.get(host);
        if (found == null) return null;
        if (found.until - clock.getAsLong() > 0) return found.addresses;
        known.remove(host, found);
        return null;
    }

    /// @param timeToLive as the answer says; kept within the bounds above
    void put(String host, List<InetAddress> addresses, Duration timeToLive) {
        if (known.size() >= MOST) known.clear();
        Duration kept = timeToLive.compareTo(SHORTEST) < 0
                ? SHORTEST
                : timeToLive.compareTo(LONGEST) > 0 ? LONGEST : timeToLive;
        known.put(host, new Known(List.copyOf(addresses), clock.getAsLong() + kept.toNanos()));
    }

    void forget(String host) {
        known.remove(host);
    }
}
