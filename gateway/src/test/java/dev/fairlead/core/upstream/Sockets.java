package dev.fairlead.core.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Consumer;

/// WebSocket servers whose frames the test writes by hand.
public final class Sockets implements AutoCloseable {
    private static final String SUBSCRIBED = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0xaa\"}";

    private final RawNode node;

    private interface Script {
        void play(RawNode.Line line) throws Exception;
    }

    private Sockets(Script script) {
        node = new RawNode(line -> {
            line.send(upgrade(line.heard().head()));
            line.socket().getInputStream().read(new byte[256]); // eth_subscribe, masked
            script.play(line);
            line.socket().getInputStream().transferTo(OutputStream.nullOutputStream());
        });
    }

    public static Sockets thatSubscribeAndFallSilent() {
        return new Sockets(line -> line.send(frame(SUBSCRIBED)));
    }

    public static Sockets thatAnnounceForAnother() {
        return new Sockets(line -> {
            line.send(frame(SUBSCRIBED));
            line.send(frame(announcement("0xbb", "0x1")));
            line.send(frame(announcement("0xaa", "0x2")));
        });
    }

    public static Sockets thatSendTooMuch() {
        return new Sockets(line -> {
            line.send(frame(SUBSCRIBED));
            line.send(frame(announcement("0xaa", "0x" + "1".repeat(1_100_000))));
        });
    }

    /// Frames whose answers nobody reads, again and again.
    public static Sockets thatSendWithoutEnd(int opcode, int size) {
        return new Sockets(line -> {
            line.send(frame(SUBSCRIBED));
            byte[] many = many(opcode, size);
            while (!line.socket().isClosed()) line.send(many);
        });
    }

    /// So many pings at once, whose last is answered.
    public static Sockets thatPingAtOnce(int times, Consumer<byte[]> answer) {
        return new Sockets(line -> {
            line.send(frame(SUBSCRIBED));
            var pings = new ByteArrayOutputStream();
            for (int i = 1; i <= times; i++) pings.writeBytes(new byte[] {(byte) 0x89, 1, (byte) i});
            line.send(pings.toByteArray());
            byte[] pong = line.socket().getInputStream().readNBytes(7);
            pong[6] ^= pong[2];
            answer.accept(pong);
        });
    }

    private static byte[] many(int opcode, int size) {
        var many = new ByteArrayOutputStream();
        for (int i = 0; i < 500; i++) {
            many.write(0x80 | opcode);
            many.write(size);
            many.writeBytes(new byte[size]);
        }
        return many.toByteArray();
    }

    public URI wsUrl() {
        return URI.create("ws://127.0.0.1:" + node.port());
    }

    private static String announcement(String subscription, String number) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{\"subscription\":\"" + subscription
                + "\",\"result\":{\"number\":\"" + number + "\"}}}";
    }

    private static String upgrade(String head) throws Exception {
        String key = head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:"))
                .map(line -> line.substring(18).trim())
                .findFirst()
                .orElseThrow();
        byte[] hash = MessageDigest.getInstance("SHA-1")
                .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII));
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n";
    }

    private static byte[] frame(String text) throws IOException {
        byte[] payload = text.getBytes(US_ASCII);
        var out = new ByteArrayOutputStream();
        out.write(0x81);
        if (payload.length < 126) {
            out.write(payload.length);
        } else if (payload.length < 65_536) {
            out.write(126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) out.write((int) ((long) payload.length >> shift));
        }
        out.write(payload);
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        node.close();
    }
}
