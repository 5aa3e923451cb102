package dev.fairlead.core.net;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A DNS server on loopback that knows a few names, until it is told to keep silent.
final class DnsServer implements AutoCloseable {
    private static final int A = 1;
    private static final int CNAME = 5;
    private static final int NO_SUCH_NAME = 3;

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final DatagramSocket socket;
    private final Map<String, Entry> names = new ConcurrentHashMap<>();
    private volatile boolean silent;

    private record Entry(int timeToLive, String alias, List<String> addresses) {}

    DnsServer() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        Thread.ofVirtual().name("dns").start(this::serve);
    }

    void knows(String name, int timeToLive, String... addresses) {
        names.put(name, new Entry(timeToLive, "", List.of(addresses)));
    }

    void alias(String name, int timeToLive, String alias) {
        names.put(name, new Entry(timeToLive, alias, List.of()));
    }

    void isSilent(boolean so) {
        silent = so;
    }

    /// How often that name was asked for, for IPv4.
    long asked(String name) {
        return asked.stream().filter(name::equals).count();
    }

    /// A file that names this server, as `/etc/resolv.conf` does.
    Path resolverFile(Path directory, String... more) throws IOException {
        var lines = new ArrayList<>(List.of("# of a test", "port " + socket.getLocalPort(), "nameserver 127.0.0.1"));
        lines.addAll(List.of(more));
        return Files.write(directory.resolve("resolv.conf"), lines);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        try {
            while (true) {
                var packet = new DatagramPacket(new byte[1500], 1500);
                socket.receive(packet);
                if (silent) {
                    asked.add("unanswered");
                    continue;
                }
                byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (SocketException _) {
            return; // closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] answer(ByteBuffer query) throws IOException {
        int id = Short.toUnsignedInt(query.getShort(0));
        query.position(12);
        String name = name(query);
        int type = query.getShort();
        if (type == A) asked.add(name);
        Entry entry = names.get(name);
        var records = new ByteArrayOutputStream();
        int count = 0;
        Entry held = entry;
        String owner = name;
        while (held != null && !held.alias().isEmpty()) {
            record(records, owner, CNAME, held.timeToLive(), encoded(held.alias()));
            owner = held.alias();
            held = names.get(owner);
            count++;
        }
        if (type == A && held != null) {
            for (String address : held.addresses()) {
                record(
                        records,
                        owner,
                        A,
                        held.timeToLive(),
                        InetAddress.ofLiteral(address).getAddress());
                count++;
            }
        }
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeShort(id);
        out.writeShort(0x8180 | (entry == null ? NO_SUCH_NAME : 0));
        out.writeShort(1);
        out.writeShort(count);
        out.writeInt(0);
        out.write(encoded(name));
        out.writeShort(type);
        out.writeShort(1);
        out.write(records.toByteArray());
        return bytes.toByteArray();
    }

    private static void record(ByteArrayOutputStream to, String owner, int type, int timeToLive, byte[] data)
            throws IOException {
        var out = new DataOutputStream(to);
        out.write(encoded(owner));
        out.writeShort(type);
        out.writeShort(1);
        out.writeInt(timeToLive);
        out.writeShort(data.length);
        out.write(data);
    }

    private static String name(ByteBuffer query) {
        var labels = new ArrayList<String>();
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            labels.add(new String(label, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT));
        }
        return String.join(".", labels);
    }

    private static byte[] encoded(String name) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (String label : name.split("\\.")) {
            bytes.write(label.length());
            bytes.write(label.getBytes(StandardCharsets.US_ASCII));
        }
        bytes.write(0);
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
