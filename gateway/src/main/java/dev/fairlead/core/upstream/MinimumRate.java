package dev.fairlead.core.upstream;

import dev.fairlead.core.eth.MethodTable;
import java.time.Duration;

/// The pace of a reply that streams: window after window it must bring so many bytes a second. Only time in
/// which the client was ready for more counts; it starts anew whenever the client was not.
final class MinimumRate {
    /// For quick methods.
    static final long QUICK = 16 * 1024;
    /// For slow methods: a node may send a trace while it makes it.
    static final long SLOW = 1024;
    /// The window for a quick method's reply while calls wait for its connection.
    private static final Duration WHILE_WANTED = Duration.ofSeconds(5);

    private final long least;
    private long since;
    private long from;

    /// @param least bytes a second
    MinimumRate(long least, long now, long received) {
        this.least = least;
        restart(now, received);
    }

    static long leastOf(String method) {
        return MethodTable.of(method).mayTakeLong() ? SLOW : QUICK;
    }

    void restart(long now, long received) {
        since = now;
        from = received;
    }

    /// @param usual the window while no call waits
    /// @param wanted whether calls wait for the connection
    Duration window(Duration usual, boolean wanted) {
        boolean isShort = wanted && least == QUICK && usual.compareTo(WHILE_WANTED) > 0;
        return isShort ? WHILE_WANTED : usual;
    }

    /// @param received so far
    boolean isTooSlow(long now, long received, Duration window) {
        if (now - since < window.toNanos()) return false;
        boolean tooSlow = (received - from) * 1_000_000_000.0 / (now - since) < least;
        restart(now, received);
        return tooSlow;
    }
}
