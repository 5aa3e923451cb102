package dev.fairlead.core.upstream;

/// The connections to one node at one moment, over all event loops.
///
/// @param open all of them, those that are still being opened included
/// @param waiting attempts that wait for one
public record Connections(int open, int idle, int inFlight, int waiting) {
    public static final Connections NONE = new Connections(0, 0, 0, 0);

    public Connections plus(Connections other) {
        return new Connections(
                open + other.open, idle + other.idle, inFlight + other.inFlight, waiting + other.waiting);
    }
}
