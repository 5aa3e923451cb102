package dev.fairlead.core.net;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Inflates a compressed body step by step, and checks all of it: gzip may have any number of members, one
/// behind the other (RFC 1952, 2.2), and neither gzip nor deflate may have anything else behind its end.
///
/// ```
/// HEADER ──▶ DATA ──▶ TRAILER ──▶ HEADER …       (gzip)
///            DATA ──▶ END                        (deflate)
/// ```
public final class BodyInflater implements AutoCloseable {
    private static final int TRAILER_LENGTH = 8;

    private enum Place {
        HEADER,
        DATA,
        TRAILER,
        END
    }

    private final boolean isGzip;
    private final GzipHeader header = new GzipHeader();
    private final CRC32 sum = new CRC32();
    private final ByteBuffer trailer = ByteBuffer.allocate(TRAILER_LENGTH);
    private @Nullable Inflater inflater;
    private Place place;
    private int members;
    private int size;

    private BodyInflater(boolean isGzip) {
        this.isGzip = isGzip;
        this.place = isGzip ? Place.HEADER : Place.DATA;
    }

    public static boolean knows(String coding) {
        return isGzip(coding) || isDeflate(coding);
    }

    /// @return null for a coding that is not known
    public static @Nullable BodyInflater of(String coding) {
        return knows(coding) ? new BodyInflater(isGzip(coding)) : null;
    }

    private static boolean isGzip(String coding) {
        String name = coding.strip().toLowerCase(Locale.ROOT);
        return name.equals("gzip") || name.equals("x-gzip");
    }

    private static boolean isDeflate(String coding) {
        String name = coding.strip().toLowerCase(Locale.ROOT);
        return name.equals("deflate") || name.equals("x-deflate");
    }

    /// @param in moves on by what is used up
    /// @return how many bytes came out; 0 when `in` is used up and more is needed
    public int inflate(ByteBuffer in, byte[] out, int from, int length) throws DataFormatException {
        int made = 0;
        boolean goesOn = true;
        while (made == 0 && goesOn) {
            switch (place) {
                case HEADER -> goesOn = header(in);
                case DATA -> {
                    made = data(in, out, from, length);
                    goesOn = place != Place.DATA;
                }
                case TRAILER -> goesOn = trailer(in);
                case END -> goesOn = end(in);
            }
        }
        return made;
    }

    /// Whether the body may end here.
    public boolean isComplete() {
        return isGzip ? place == Place.HEADER && members > 0 && header.isAtStart() : place == Place.END;
    }

    private boolean header(ByteBuffer in) throws DataFormatException {
        if (!header.read(in)) return false;
        place = Place.DATA;
        if (inflater != null) inflater.reset();
        sum.reset();
        size = 0;
        return true;
    }

    private int data(ByteBuffer in, byte[] out, int from, int length) throws DataFormatException {
        if (inflater == null) {
            if (!in.hasRemaining()) return 0;
            inflater = new Inflater(isGzip || isBare(in.get(in.position())));
        }
        inflater.setInput(in);
        int made = inflater.inflate(out, from, length);
        if (inflater.needsDictionary()) throw new DataFormatException("a dictionary is needed, which nobody has");
        if (isGzip) sum.update(out, from, made);
        size += made;
        if (inflater.finished()) place = isGzip ? Place.TRAILER : Place.END;
        return made;
    }

    /// RFC 9110 means zlib by `deflate`, but some send it bare; only zlib begins with a method of 8.
    private static boolean isBare(byte first) {
        return (first & 0x0f) != 8;
    }

    private boolean trailer(ByteBuffer in) throws DataFormatException {
        while (trailer.hasRemaining() && in.hasRemaining()) trailer.put(in.get());
        if (trailer.hasRemaining()) return false;
        trailer.flip();
        int expectedSum = Integer.reverseBytes(trailer.getInt());
        int expectedSize = Integer.reverseBytes(trailer.getInt());
        trailer.clear();
        if (expectedSum != (int) sum.getValue()) throw new DataFormatException("the checksum of gzip does not match");
        if (expectedSize != size) throw new DataFormatException("the length that gzip names does not match");
        members++;
        place = Place.HEADER;
        return true;
    }

    private static boolean end(ByteBuffer in) throws DataFormatException {
        if (in.hasRemaining()) throw new DataFormatException("bytes stand behind the end");
        return false;
    }

    @Override
    public void close() {
        if (inflater != null) inflater.end();
    }
}
