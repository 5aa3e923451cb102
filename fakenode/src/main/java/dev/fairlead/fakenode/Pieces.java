package dev.fairlead.fakenode;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// A body as pieces that come into being one at a time, so that a huge one is never in memory.
final class Pieces implements Iterator<ByteBuf> {
    private static final int LARGEST = 64 * 1024;
    private static final ByteBuf FILLER = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(filler()));

    private final byte[] head;
    private final long filler;
    private final byte[] tail;
    private final List<Integer> sizes;
    private final long end;
    private long sent;
    private int turn;

    /// Pieces of these sizes, over and over, until `end` bytes are sent.
    Pieces(Parcel parcel, List<Integer> sizes, long end) {
        this.head = parcel.head;
        this.filler = parcel.filler;
        this.tail = parcel.tail;
        this.sizes = sizes;
        this.end = Math.min(end, parcel.length());
    }

    Pieces(Parcel parcel) {
        this(parcel, List.of(LARGEST), Long.MAX_VALUE);
    }

    private static byte[] filler() {
        byte[] bytes = new byte[LARGEST];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    @Override
    public boolean hasNext() {
        return sent < end;
    }

    @Override
    public ByteBuf next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int size = Math.clamp(sizes.get(turn++ % sizes.size()), 1, LARGEST);
        ByteBuf piece = from(sent, (int) Math.min(size, end - sent));
        sent += piece.readableBytes();
        return piece;
    }

    /// At most `length` bytes from `at`; fewer where the head or the filler ends.
    private ByteBuf from(long at, int length) {
        if (at < head.length) {
            return slice(head, (int) at, length);
        }
        long inFiller = at - head.length;
        if (inFiller < filler) {
            return FILLER.duplicate().slice(0, (int) Math.min(length, filler - inFiller));
        }
        return slice(tail, (int) (inFiller - filler), length);
    }

    private static ByteBuf slice(byte[] bytes, int from, int length) {
        return Unpooled.wrappedBuffer(bytes, from, Math.min(length, bytes.length - from));
    }
}
