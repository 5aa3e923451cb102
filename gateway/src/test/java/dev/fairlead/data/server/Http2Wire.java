package dev.fairlead.data.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A client that says HTTP/2 by the frame, and gives no more credit than it is told to.
final class Http2Wire implements AutoCloseable {
    static final int DATA = 0;
    static final int RST_STREAM = 3;
    static final int ENHANCE_YOUR_CALM = 0xb;
    static final int HEADERS = 1;
    static final int SETTINGS = 4;
    static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int ACK = 1;

    private final Wire wire;
    private final DataInputStream in;

    /// @param window bytes that the server may send on each stream; the connection's is 65,535 until [#credit]
    Http2Wire(int port, int receiveBuffer, int window) throws IOException {
        wire = new Wire(port, receiveBuffer);
        in = new DataInputStream(wire.in);
        wire.say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        say(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6).putShort((short) 4).putInt(window).array());
        say(SETTINGS, ACK, 0);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frame(int type, int flags, int stream, byte[] payload) {
        int code() {
            return ByteBuffer.wrap(payload).getInt();
        }

        boolean isLast() {
            return (flags & END_STREAM) != 0;
        }
    }

    /// @param stream odd, and larger than those before
    void post(int stream, String body) throws IOException {
        var head = new ByteArrayOutputStream();
        head.write(0x83); // :method POST
        head.write(0x86); // :scheme http
        head.write(0x84); // :path /
        head.write(0x41); // :authority
        head.write(1);
        head.write('x');
        say(HEADERS, END_HEADERS, stream, head.toByteArray());
        say(DATA, END_STREAM, stream, body.getBytes(StandardCharsets.US_ASCII));
    }

    void credit(int stream, int bytes) throws IOException {
        say(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
    }

    Frame hear() throws IOException {
        int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        return new Frame(type, flags, stream, in.readNBytes(length));
    }

    /// The next frame of this stream that is no HEADERS.
    Frame hear(int stream) throws IOException {
        Frame frame = hear();
        while (frame.stream() != stream || frame.type() == HEADERS) frame = hear();
        return frame;
    }

    void patience(int millis) throws IOException {
        wire.socket.setSoTimeout(millis);
    }

    void say(int type, int flags, int stream, byte... payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        wire.say(frame.array());
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
