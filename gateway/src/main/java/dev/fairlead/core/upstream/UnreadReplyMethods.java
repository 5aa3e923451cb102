package dev.fairlead.core.upstream;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The methods whose replies clients lately left unread on many of a node's connections. For a while calls of them
/// leave some connections to others. Times are nanoseconds of one clock.
final class UnreadReplyMethods {
    static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final int MOST = 64;

    private final Map<String, Long> until = new HashMap<>();

    boolean isEmpty() {
        return until.isEmpty();
    }

    boolean has(String method) {
        return !until.isEmpty() && until.containsKey(method);
    }

    /// A client leaves a reply to the method unread.
    ///
    /// @param many whether more replies are left unread than are allowed
    /// @return whether it is bounded from now on
    boolean note(String method, boolean many, long now) {
        boolean known = has(method);
        if (known || (many && until.size() < MOST)) until.put(method, now + REMEMBERED.toNanos());
        return has(method) != known;
    }

    /// @return whether a method is bounded no longer
    boolean forget(long now) {
        return until.values().removeIf(end -> now - end >= 0);
    }
}
