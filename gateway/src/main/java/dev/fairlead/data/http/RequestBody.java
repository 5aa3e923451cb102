package dev.fairlead.data.http;

import dev.fairlead.core.memory.Lease;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Arrays;

/// A request's body on its way in: one array that grows with what has truly arrived, never with what was announced,
/// and only as far as there is memory for it.
public final class RequestBody {
    private static final int FIRST = 4 * 1024;
    private static final long LEAST_A_SECOND = 64 * 1024;

    private final int limit;
    private final int announced;
    private final Lease lease;
    private byte[] bytes = {};
    private int size;
    private long since = System.nanoTime();
    private int sizeBefore;
    private boolean isSlow;

    /// What became of a part of the body.
    public enum Added {
        YES,
        TOO_LARGE,
        NO_ROOM
    }

    /// @param announced what Content-Length says, or -1
    /// @param lease for the array; goes with the body
    public RequestBody(int limit, long announced, Lease lease) {
        this.limit = limit;
        this.announced = (int) Math.min(limit, announced);
        this.lease = lease;
    }

    public Added add(ByteBuf part) {
        int more = part.readableBytes();
        if (more > limit - size) return Added.TOO_LARGE;
        if (more > bytes.length - size && !grow(size + more)) return Added.NO_ROOM;
        part.readBytes(bytes, size, more);
        size += more;
        return Added.YES;
    }

    /// Grows the array, to no more than four times of what has come.
    private boolean grow(int needed) {
        long wanted = Math.max(needed, Math.max(FIRST, 2L * bytes.length));
        if (announced >= needed && announced <= 2 * wanted) wanted = announced;
        int length = (int) Math.min(limit, wanted);
        if (!lease.grow(length - bytes.length)) return false;
        bytes = Arrays.copyOf(bytes, length);
        return true;
    }

    /// Whether little of the body has come in the last span of `patience`.
    public boolean isSlow(long now, Duration patience) {
        long span = now - since;
        if (span <= patience.toNanos()) return isSlow;
        isSlow = size - sizeBefore < LEAST_A_SECOND * span / 1_000_000_000L;
        since = now;
        sizeBefore = size;
        return isSlow;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return size;
    }

    public Lease lease() {
        return lease;
    }
}
