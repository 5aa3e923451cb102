package dev.fairlead.data.rpc;

import dev.fairlead.core.net.Peer;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// The calls that one client connection may have in flight at once, and the bytes that wait for it, shared by its
/// streams. Those that find none free wait in line.
public final class InFlightLimit {
    private static final long KEPT = 2 * TimeoutSweep.PERIOD.toNanos();
    /// Streams that one connection may have while memory is short.
    private static final int CROWD = 8;

    /// Whoever has less to read is not watched for its speed.
    public static final long MUCH = 64 * 1024;

    private final Peer peer;
    private final int limit;
    private final SequencedSet<Waiting> waiting = new LinkedHashSet<>();
    private int taken;
    private int streams;
    private long unread;
    private long most;
    private long mostAt;

    public InFlightLimit(Peer peer, int limit) {
        this.peer = peer;
        this.limit = limit;
    }

    /// Whose connection it is.
    public Peer peer() {
        return peer;
    }

    /// Has calls for which it found no place.
    public interface Waiting {
        void ask();
    }

    /// Takes a place; when none is free, `one` is told to ask again later.
    public boolean take(Waiting one) {
        if (taken < limit) {
            taken++;
            return true;
        }
        waiting.add(one);
        return false;
    }

    /// It has no calls any more. Streams come and go while one of them holds every place.
    public void forget(Waiting one) {
        if (!waiting.isEmpty()) waiting.remove(one);
    }

    public void stream(int change) {
        streams += change;
    }

    /// Whether the connection has as many streams as one may have while memory is short.
    public boolean isCrowded() {
        return streams > CROWD;
    }

    /// Bytes that wait for this client.
    public long unread() {
        return unread;
    }

    public void unread(long change) {
        unread += change;
    }

    /// One of the streams has so much to be read; each tells it now and then.
    public void tell(long bytes, long now) {
        if (bytes < most && now - mostAt <= KEPT) return;
        most = bytes;
        mostAt = now;
    }

    /// Whether a stream with so little to be read stands behind what its client leaves unread of another.
    public boolean isBehindAnother(long bytes) {
        return most >= MUCH && bytes < most / 2;
    }

    void free() {
        taken--;
        while (taken < limit && !waiting.isEmpty()) waiting.removeFirst().ask();
    }
}
