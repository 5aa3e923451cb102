package dev.fairlead.core.upstream;

/// The connections to one node at one moment, over all event loops.
///
/// @param open all of them, those that are still being opened included
/// @param waiting attempts that wait for one
public record ConnectionCounts(int open, int idle, int inFlight, int waiting) {
    public static final ConnectionCounts NONE = new ConnectionCounts(0, 0, 0, 0);

    public ConnectionCounts plus(ConnectionCounts other) {
        return new ConnectionCounts(
                open + other.open, idle + other.idle, inFlight + other.inFlight, waiting + other.waiting);
    }
}
