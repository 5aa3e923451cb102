package dev.fairlead.data.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Compresses replies one after the other, part by part.
public final class GzipEncoder {
    private static final int LEVEL = 4;
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final byte[] NOTHING = {};

    private final Deflater deflater = new Deflater(LEVEL, true);
    private final CRC32 checksum = new CRC32();
    private boolean begun;

    /// Whether `Accept-Encoding` allows a reply to be compressed.
    public static boolean acceptedBy(String acceptEncoding) {
        for (String one : acceptEncoding.split(",", -1)) {
            String[] parts = one.split(";", -1);
            String coding = parts[0].strip();
            if (!coding.equalsIgnoreCase("gzip") && !coding.equals("*")) continue;
            return parts.length == 1 || !parts[1].strip().matches("[qQ]=0(\\.0*)?");
        }
        return false;
    }

    /// Compresses `part`, whose ownership passes here; may yield nothing yet. What it yields takes little more memory
    /// than its bytes.
    public ByteBuf part(ByteBufAllocator buffers, ByteBuf part, boolean last) {
        ByteBuf out = buffers.buffer(Math.max(256, part.readableBytes() / 3));
        try {
            if (!begun) out.writeBytes(HEADER);
            begun = true;
            for (ByteBuffer piece : part.nioBuffers()) {
                checksum.update(piece.duplicate());
                deflater.setInput(piece);
                drain(out);
            }
            if (last) finish(out);
            if (out.writableBytes() > out.readableBytes()) out.capacity(out.writerIndex());
            return out;
        } finally {
            deflater.setInput(NOTHING);
            part.release();
        }
    }

    private void finish(ByteBuf out) {
        deflater.finish();
        drain(out);
        out.writeIntLE((int) checksum.getValue());
        out.writeIntLE((int) deflater.getBytesRead());
    }

    private void drain(ByteBuf out) {
        int written;
        do {
            out.ensureWritable(256);
            ByteBuffer space = out.nioBuffer(out.writerIndex(), out.writableBytes());
            written = deflater.deflate(space);
            out.writerIndex(out.writerIndex() + written);
        } while (written > 0);
    }

    /// Ready for the next reply, whatever became of this one.
    public void reset() {
        deflater.reset();
        checksum.reset();
        begun = false;
    }

    public void close() {
        deflater.end();
    }
}
