package dev.fairlead.data.rpc;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// The calls that one client connection may have in flight at once, and the bytes that wait for its client;
/// shared by its streams. A stream that finds no free place waits in a queue.
public final class InFlightLimit {
    private static final long KEPT = 2 * TimeoutSweep.PERIOD.toNanos();
    /// Streams that one connection may have while memory is short.
    private static final int CROWD = 8;

    /// Looks that are taken together.
    private static final int LOOKS = 5;

    /// Bytes between two looks that count as next to nothing.
    public static final long A_LITTLE = 64 * 1024;

    /// A client with less to read is not watched for its speed.
    public static final long MUCH = 64 * 1024;

    private final int limit;
    private final SequencedSet<Waiting> waiting = new LinkedHashSet<>();
    private int taken;
    private int streams;
    private long unread;
    private long most;
    private long mostAt;
    private final long[] took = new long[LOOKS];
    private long tookAt;
    private int look;

    public InFlightLimit(int limit) {
        this.limit = limit;
    }

    /// A stream with calls for which it found no place.
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

    /// The stream has no calls any more. Other streams may come and go while one of them holds every place.
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

    /// One of the streams reports how much its client has to read; each does so now and then.
    public void tell(long bytes, long now) {
        if (bytes < most && now - mostAt <= KEPT) return;
        most = bytes;
        mostAt = now;
    }

    /// One of the streams reports how much its client took; at each look all of them do so.
    public void took(long bytes, long now) {
        if (now != tookAt) {
            look = (look + 1) % LOOKS;
            took[look] = 0;
            tookAt = now;
        }
        took[look] += bytes;
    }

    /// Whether the client takes more than next to nothing of all streams together, over the last second or so.
    public boolean isOfReader() {
        long sum = 0;
        for (long each : took) sum += each;
        return sum >= (LOOKS - 1) * A_LITTLE;
    }

    /// Whether a stream with so little to read waits behind another one that its client does not read.
    public boolean isBehindAnother(long bytes) {
        return most >= MUCH && bytes < most / 2;
    }

    void free() {
        taken--;
        while (taken < limit && !waiting.isEmpty()) waiting.removeFirst().ask();
    }
}
