package dev.fairlead.control.admin.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// Reads what a client sends, up to a deadline that bytes which drip in one by one do not move.
final class TimedInput extends FilterInputStream {
    private final Socket socket;
    private long until;

    TimedInput(Socket socket) throws IOException {
        super(socket.getInputStream());
        this.socket = socket;
    }

    /// Sets how much time there is from now on for everything that is read.
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
