package dev.fairlead.core.transaction;

import dev.fairlead.core.jsonrpc.Slice;
import java.math.BigInteger;
import java.util.Arrays;

/// Reads the items of one RLP list, one after the other, without recursion and without looking into what is not asked
/// for. As strict about lengths as nodes are. After anything that is not as expected it is broken, and all that it
/// reads from then on is empty.
final class RlpReader {
    private static final int STRING = 0x80;
    private static final int LIST = 0xc0;
    /// Lengths up to this stand in the first byte itself.
    private static final int SHORT = 55;
    private static final int LONGEST_LENGTH = 4;

    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean isBroken;

    RlpReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /// Whether all was read, and all of it as expected.
    boolean isDone() {
        return !isBroken && at == end;
    }

    boolean isBroken() {
        return isBroken;
    }

    boolean hasMore() {
        return !isBroken && at < end;
    }

    /// Whether the next item is a list.
    boolean isList() {
        return hasMore() && first() >= LIST;
    }

    /// Where the next item begins.
    int at() {
        return at;
    }

    /// The next item, which must be a list.
    RlpReader list() {
        if (!isList()) return broken();
        Slice content = content();
        return isBroken ? broken() : new RlpReader(bytes, content.from(), content.to());
    }

    /// The next item, which must be no list.
    Slice string() {
        if (!hasMore() || isList()) {
            isBroken = true;
            return Slice.NONE;
        }
        return content();
    }

    /// The next item, which must be a number without leading zeros.
    ///
    /// @param most bytes
    BigInteger number(int most) {
        Slice digits = string();
        if (isBroken || digits.size() > most || (!digits.isEmpty() && digits.at(0) == 0)) {
            isBroken = true;
            return BigInteger.ZERO;
        }
        return new BigInteger(1, digits.array(), digits.from(), digits.size());
    }

    /// Passes over the next item, whatever it is.
    void skip() {
        if (hasMore()) content();
        else isBroken = true;
    }

    private int first() {
        return bytes[at] & 0xff;
    }

    private Slice content() {
        int first = first();
        if (first < STRING) return taken(at, at + 1);
        int length = first < LIST ? first - STRING : first - LIST;
        int from = at + 1;
        if (length > SHORT) {
            int digits = length - SHORT;
            length = length(from, digits);
            from += digits;
        }
        if (length < 0 || length > end - from || isOneByte(first, from)) {
            isBroken = true;
            return Slice.NONE;
        }
        return taken(from, from + length);
    }

    /// A byte that stands for itself must not be written as a string of one.
    private boolean isOneByte(int first, int from) {
        return first == STRING + 1 && (bytes[from] & 0xff) < STRING;
    }

    /// @return -1 when it is not written in the one way that is right, or beyond all bounds
    private int length(int from, int digits) {
        if (digits > LONGEST_LENGTH || digits > end - from || bytes[from] == 0) return -1;
        long length = 0;
        for (int i = from; i < from + digits; i++) length = length << 8 | (bytes[i] & 0xff);
        return length <= SHORT || length > end ? -1 : (int) length;
    }

    private Slice taken(int from, int to) {
        at = to;
        return new Slice(bytes, from, to);
    }

    private RlpReader broken() {
        isBroken = true;
        var broken = new RlpReader(bytes, end, end);
        broken.isBroken = true;
        return broken;
    }

    /// The head of a list whose content has that length.
    static byte[] listHead(int length) {
        if (length <= SHORT) return new byte[] {(byte) (LIST + length)};
        byte[] head = new byte[1 + LONGEST_LENGTH];
        int from = head.length;
        for (int rest = length; rest > 0; rest >>>= 8) head[--from] = (byte) rest;
        head[--from] = (byte) (LIST + SHORT + head.length - 1 - from);
        return Arrays.copyOfRange(head, from, head.length);
    }
}
