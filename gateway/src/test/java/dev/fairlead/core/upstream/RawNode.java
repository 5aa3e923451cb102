package dev.fairlead.core.upstream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A node whose every byte the test decides. Where it says [#ID], it sends the id that it was asked under.
public final class RawNode implements AutoCloseable {
    /// As long as the ids on the wire; [Rig] asks under it too, so that a reply comes out as it was written.
    public static final String ID = "7777777777";

    private static final Pattern ASKED = Pattern.compile("\"id\":(\\d+)");

    private final ServerSocket listening;
    private final Talk talk;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    /// Called for every request.
    public interface Talk {
        void answer(Line line) throws Exception;
    }

    public record Heard(String head, String body) {
        public String id() {
            Matcher id = ASKED.matcher(body);
            return id.find() ? id.group(1) : ID;
        }
    }

    public record Line(Socket socket, Heard heard, int number) {
        public void send(String text) throws IOException {
            send(text.replace(ID, heard.id()).getBytes(StandardCharsets.UTF_8));
        }

        public void send(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }

        void reply(String body) throws IOException {
            reply(200, body);
        }

        public void reply(int status, String body, String... headers) throws IOException {
            send(http(status, body, headers));
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    public RawNode(Talk talk) {
        this(plain(), talk);
    }

    RawNode(ServerSocket listening, Talk talk) {
        this.listening = listening;
        this.talk = talk;
        Thread.ofVirtual().start(this::accept);
    }

    /// Always this body.
    public static RawNode saying(String body) {
        return new RawNode(line -> line.reply(body));
    }

    static ServerSocket plain() {
        try {
            return new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String http(int status, String body, String... headers) {
        var head = new StringBuilder("HTTP/1.1 " + status + " Some Words\r\n");
        head.append("Content-Length: ")
                .append(body.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n");
        for (String header : headers) head.append(header).append("\r\n");
        return head.append("\r\n").append(body).toString();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return listening.getLocalPort();
    }

    public List<Heard> heard() {
        return heard;
    }

    public int accepted() {
        return accepted.get();
    }

    public List<Socket> sockets() {
        return sockets;
    }

    /// Whether every connection that there ever was is closed.
    boolean isDeserted() {
        return ended.get() == accepted.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                accepted.incrementAndGet();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            for (Heard next = read(in); next != null; next = read(in)) {
                heard.add(next);
                talk.answer(new Line(socket, next, heard.size()));
                if (socket.isClosed()) return;
            }
        } catch (Exception _) {
            // the other side went away, or the test closed us
        } finally {
            ended.incrementAndGet();
        }
    }

    private static @Nullable Heard read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) return null;
            head.write(b);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int length = text.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .map(line -> Integer.parseInt(line.substring(15).trim()))
                .findFirst()
                .orElse(0);
        return new Heard(text, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) socket.close();
    }
}
