package dev.fairlead.core.net;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;

/// Reads the header of a gzip member (RFC 1952, 2.3), in however many pieces it comes; keeps nothing of it.
final class GzipHeader {
    private static final int FIXED = 10;
    private static final int HAS_SUM = 0x02;
    private static final int HAS_EXTRA = 0x04;
    private static final int HAS_NAME = 0x08;
    private static final int HAS_COMMENT = 0x10;
    private static final int RESERVED = 0xe0;

    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        SUM,
        OVER
    }

    private final CRC32 sum = new CRC32();
    private Part part = Part.FIXED;
    /// How many bytes of this part have been read.
    private int at;
    private int flags;
    private int number;

    /// Whether nothing of it has come.
    boolean isAtStart() {
        return part == Part.FIXED && at == 0;
    }

    /// @return whether the header is complete; then the next one may be read
    boolean read(ByteBuffer in) throws DataFormatException {
        while (part != Part.OVER) {
            if (!isDue()) {
                next();
            } else if (in.hasRemaining()) {
                take(in.get() & 0xff);
            } else {
                return false;
            }
        }
        restart();
        return true;
    }

    private void restart() {
        part = Part.FIXED;
        at = 0;
        sum.reset();
    }

    private boolean isDue() {
        return switch (part) {
            case FIXED -> true;
            case EXTRA_LENGTH -> (flags & HAS_EXTRA) != 0;
            case EXTRA -> (flags & HAS_EXTRA) != 0 && number > 0;
            case NAME -> (flags & HAS_NAME) != 0;
            case COMMENT -> (flags & HAS_COMMENT) != 0;
            case SUM -> (flags & HAS_SUM) != 0;
            case OVER -> false;
        };
    }

    private void next() {
        part = switch (part) {
            case FIXED -> Part.EXTRA_LENGTH;
            case EXTRA_LENGTH -> Part.EXTRA;
            case EXTRA -> Part.NAME;
            case NAME -> Part.COMMENT;
            case COMMENT -> Part.SUM;
            case SUM, OVER -> Part.OVER;
        };
        at = 0;
    }

    private void take(int octet) throws DataFormatException {
        if (part == Part.SUM) {
            sum(octet);
            return;
        }
        sum.update(octet);
        switch (part) {
            case FIXED -> fixed(octet);
            case EXTRA_LENGTH -> {
                number = at == 0 ? octet : number | octet << 8;
                if (++at == 2) next();
            }
            case EXTRA -> {
                if (++at == number) next();
            }
            case NAME, COMMENT -> {
                if (octet == 0) next();
            }
            case SUM, OVER -> throw new IllegalStateException("nothing is read here");
        }
    }

    private void fixed(int octet) throws DataFormatException {
        boolean right = switch (at) {
            case 0 -> octet == 0x1f;
            case 1 -> octet == 0x8b;
            case 2 -> octet == 8;
            case 3 -> (octet & RESERVED) == 0;
            default -> true;
        };
        if (!right) throw new DataFormatException("what should be gzip is something else");
        if (at == 3) flags = octet;
        if (++at == FIXED) next();
    }

    private void sum(int octet) throws DataFormatException {
        int expected = (int) (at == 0 ? sum.getValue() : sum.getValue() >> 8) & 0xff;
        if (octet != expected) throw new DataFormatException("the checksum of a gzip header does not match");
        if (++at == 2) next();
    }
}
