package dev.fairlead.data.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A client that says HTTP/1 by the byte.
public final class Wire implements AutoCloseable {
    private static final int PATIENCE = 15_000;

    final Socket socket;
    final InputStream in;

    Wire(int port) throws IOException {
        this(port, 0);
    }

    public Wire(int port, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) socket.setReceiveBufferSize(receiveBuffer);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE);
        in = socket.getInputStream();
    }

    public record Response(int status, Map<String, String> headers, String body) {}

    public static String post(String body, String... headers) {
        var request = new StringBuilder("POST / HTTP/1.1\r\nHost: x\r\n");
        for (String header : headers) request.append(header).append("\r\n");
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return request + "Content-Length: " + length + "\r\n\r\n" + body;
    }

    public Wire say(String text) throws IOException {
        return say(text.getBytes(StandardCharsets.UTF_8));
    }

    Wire say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /// Reads one whole response; throws when the connection ends within it.
    public Response hear() throws IOException {
        return hear(true);
    }

    Response hear(boolean hasBody) throws IOException {
        String[] first = line().split(" ", 3);
        int status = Integer.parseInt(first[1]);
        Map<String, String> headers = new LinkedHashMap<>();
        String line = line();
        while (!line.isEmpty()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
            line = line();
        }
        byte[] body = {};
        if (hasBody && "chunked".equals(headers.get("transfer-encoding"))) body = chunks();
        else if (hasBody && headers.containsKey("content-length")) {
            body = exactly(Integer.parseInt(headers.get("content-length")));
        } else if (hasBody && status != 204 && status >= 200) body = in.readAllBytes();
        return new Response(status, headers, new String(body, StandardCharsets.ISO_8859_1));
    }

    private byte[] chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        int size = Integer.parseInt(line(), 16);
        while (size > 0) {
            all.writeBytes(exactly(size));
            line();
            size = Integer.parseInt(line(), 16);
        }
        line();
        return all.toByteArray();
    }

    public byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) throw new IOException("cut after " + bytes.length + " of " + size + " bytes");
        return bytes;
    }

    public String line() throws IOException {
        var line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) throw new IOException("the connection ended after: " + line);
            line.append((char) next);
            next = in.read();
        }
        return line.toString().strip();
    }

    /// Whether the server has ended the connection, gently or not; waits for it.
    public boolean isEnded() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
