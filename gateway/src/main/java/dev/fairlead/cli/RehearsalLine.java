package dev.fairlead.cli;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One connection of a rehearsal that is kept alive, with as little code of its own as possible between two
/// calls, so that the JVM learns the gateway's code.
record RehearsalLine(Socket socket, InputStream in) implements AutoCloseable {
    private static final int PATIENCE = 10_000;

    static RehearsalLine to(URI endpoint) throws IOException {
        var socket = new Socket(endpoint.getHost(), endpoint.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE);
        return new RehearsalLine(socket, new BufferedInputStream(socket.getInputStream()));
    }

    void post(String body) throws IOException {
        exchange("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }

    void get(String path) throws IOException {
        exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private void exchange(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        int length = -1;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) length = number(header.substring(15), 10);
        }
        if (length >= 0) in.skipNBytes(length);
        else chunks();
    }

    private void chunks() throws IOException {
        for (int size = number(line(), 16); size > 0; size = number(line(), 16)) in.skipNBytes(size + 2L);
        line();
    }

    private static int number(String text, int radix) {
        return Integer.parseInt(text.strip(), radix);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) throw new EOFException("the gateway closed the connection");
            if (c != '\r') line.append((char) c);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
