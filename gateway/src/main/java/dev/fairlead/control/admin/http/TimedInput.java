package dev.fairlead.control.admin.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// What a client sends, until a moment: bytes that drip in one by one buy no time.
final class TimedInput extends FilterInputStream {
    private final Socket socket;
    private long until;

    TimedInput(Socket socket) throws IOException {
        super(socket.getInputStream());
        this.socket = socket;
    }

    /// From now on there is so much time for all that is read.
    void allow(Duration time) {
        until = System.nanoTime() + time.toNanos();
    }

    @Override
    public int read() throws IOException {
        arm();
        return in.read();
    }

    @Override
    public int read(byte[] into, int at, int size) throws IOException {
        arm();
        return in.read(into, at, size);
    }

    private void arm() throws IOException {
        long millis = (until - System.nanoTime()) / 1_000_000;
        if (millis <= 0) throw new SocketTimeoutException("the request took too long");
        socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
    }
}
