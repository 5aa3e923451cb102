package dev.fairlead.scenario;

import dev.fairlead.core.upstream.Sockets;
import dev.fairlead.fakenode.Behaviour;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import dev.fairlead.support.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nobody takes the gateway down by making it hold bytes.
class AttacksTest {
    private static final String WINDOW = "jdk.httpclient.windowsize";
    private static final String CONNECTION_WINDOW = "jdk.httpclient.connectionWindowSize";

    private static final String HUGE = "debug_traceBlockByNumber";
    private static final String SLOW = "eth_call";
    private static final long MIB = 1024 * 1024;

    @TempDir
    private Path directory;

    @Test
    void batchesOfHugeRepliesThatNobodyReads() throws Exception {
        attack("unread batches of 60 MB replies", 60, gateway -> {
            for (int i = 0; i < 24; i++) gateway.post("[" + call(1) + "]");
            hold(Duration.ofSeconds(6));
        });
    }

    @Test
    void bodiesThatDoNotEnd() throws Exception {
        attack("400 unfinished bodies", 1, gateway -> {
            byte[] most = new byte[(int) (4 * MIB)];
            for (int i = 0; i < 400; i++) gateway.unfinished(5 * MIB, most);
            hold(Duration.ofSeconds(3));
        });
    }

    @Test
    void bodiesThatInflateMuch() throws Exception {
        attack("compressed bodies", 1, gateway -> {
            gateway.nodes(new Behaviour.Hang());
            byte[] bomb = gzip("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + HUGE + "\",\"params\":[\""
                    + "0".repeat((int) (5 * MIB) - 200) + "\"]}");
            for (int i = 0; i < 200; i++) gateway.compressed(bomb);
            hold(Duration.ofSeconds(3));
        });
    }

    @Test
    void largeRepliesThatNobodyReads() throws Exception {
        attack("160 unread replies of 20 MB", 20, gateway -> {
            for (int i = 0; i < 160; i++) gateway.post(call(i));
            hold(Duration.ofSeconds(8));
        });
    }

    @Test
    void repliesInChunksOfOneByteThatNobodyReads() throws Exception {
        attack("60 unread replies in chunks of one byte", 60, gateway -> {
            List<Integer> sizes = new ArrayList<>(Collections.nCopies(20_000, 1));
            sizes.addFirst(300_000);
            gateway.nodes(new Behaviour.HugeResult(60 * MIB).and(new Behaviour.Chunked(sizes)));
            for (int i = 0; i < 60; i++) gateway.post(call(i));
            hold(Duration.ofSeconds(6));
        });
    }

    @Test
    void pipelinedCallsWhoseAnswersNobodyReads() throws Exception {
        attack("pipelined calls", 1, gateway -> {
            gateway.nodes(new Behaviour.HugeResult(250 * 1024));
            for (int i = 0; i < 12; i++) gateway.pipelined(call(i), 20);
            hold(Duration.ofSeconds(5));
        });
    }

    @Test
    void streamsOfHttp2ThatNobodyReads() throws Exception {
        attack("unread streams of HTTP/2", 60, gateway -> {
            System.setProperty(WINDOW, "65536"); // both are read for each new connection
            System.setProperty(CONNECTION_WINDOW, "65536");
            for (int i = 0; i < 4; i++) gateway.streams(call(i), 40);
            hold(Duration.ofSeconds(6));
        });
    }

    @Test
    void pipelinedCallsAtANodeThatHangs() throws Exception {
        attack("250 x 400 pipelined calls at a hanging node", 1, gateway -> {
            gateway.oneHangs();
            for (int i = 0; i < 250; i++) gateway.pipelined(slow(), 400);
            hold(Duration.ofSeconds(3));
        });
    }

    @Test
    void pipelinedCallsThatAreManyForTheNodes() throws Exception {
        attack("250 x 400 pipelined calls of the canary's method", 1, gateway -> {
            for (int i = 0; i < 250; i++) gateway.pipelined(SMALL, 400);
            hold(Duration.ofSeconds(3));
        });
    }

    @Test
    void batchesOfTinyCallsAtANodeThatHangs() throws Exception {
        attack("200 batches of 1000 calls at a hanging node", 1, gateway -> {
            gateway.oneHangs();
            String batch = "[" + (slow() + ",").repeat(999) + slow() + "]";
            for (int i = 0; i < 200; i++) gateway.pipelined(batch, 1);
            String invalid = "[" + "1,".repeat(999) + "1]";
            for (int i = 0; i < 20; i++) gateway.pipelined(slow(), invalid, 300);
            hold(Duration.ofSeconds(3));
        });
    }

    @Test
    void batchesOfNoCallsWhoseAnswersNobodyReads() throws Exception {
        attack("160 x 200 batches of 1000 elements that are no calls", 1, gateway -> {
            String invalid = "[" + "1,".repeat(999) + "1]";
            for (int i = 0; i < 160; i++) gateway.pipelined(invalid, 200);
            hold(Duration.ofSeconds(4));
        });
    }

    @Test
    void streamsOfHttp2AtANodeThatHangs() throws Exception {
        attack("60 x 250 streams of HTTP/2 at a hanging node", 1, gateway -> {
            gateway.oneHangs();
            for (int i = 0; i < 60; i++) gateway.rawStreams(slow(), 250);
            hold(Duration.ofSeconds(3));
        });
    }

    @Test
    void pingsOfHttp2WhoseAnswersNobodyReads() throws Exception {
        floods("pings", Clients.frame(6, 0, 0, new byte[8]));
    }

    @Test
    void settingsOfHttp2WhoseAnswersNobodyReads() throws Exception {
        floods("settings", Clients.frame(4, 0, 0, new byte[0]));
    }

    /// As few as come before Netty calls it abuse.
    private void floods(String name, byte[] frame) throws Exception {
        var said = new ByteArrayOutputStream();
        for (int i = 0; i < 9_900; i++) said.writeBytes(frame);
        attack("60 x 9900 " + name + " of HTTP/2", 60, gateway -> {
            for (int i = 0; i < 60; i++) gateway.unread(call(1), said.toByteArray());
            hold(Duration.ofSeconds(8));
        });
    }

    @Test
    void requestsOfHttp2WhoseAnswersHaveNoBody() throws Exception {
        var said = new ByteArrayOutputStream();
        byte[] head = {2, 4, 'H', 'E', 'A', 'D', (byte) 0x86, (byte) 0x84, 0x41, 1, 'x'};
        for (int stream = 3; stream < 6_000; stream += 2) said.writeBytes(Clients.frame(1, 5, stream, head));
        attack("60 x 3000 answers without a body", 60, gateway -> {
            for (int i = 0; i < 60; i++) gateway.unread(call(1), said.toByteArray());
            hold(Duration.ofSeconds(8));
        });
    }

    @Test
    void pingsOfANodesWebSocketWhoseAnswersItDoesNotRead() throws Exception {
        try (var flooding = Sockets.thatSendWithoutEnd(9, 100);
                var node = FakeNode.start(chainOfAll())) {
            attack("pings of a node", 1, gateway -> {
                gateway.announcedAt(node, flooding.wsUrl());
                hold(Duration.ofSeconds(8));
            });
        }
    }

    /// As [AttackedGateway] makes it.
    private static FakeChain chainOfAll() {
        FakeChain chain = FakeChain.of(1);
        chain.mine(10);
        return chain;
    }

    @Test
    void headsOfManyHeadersThatDoNotEnd() throws Exception {
        attack("1500 unfinished heads", 1, gateway -> {
            String many = "POST / HTTP/1.1\r\nHost: localhost\r\n" + "A: b\r\n".repeat(2600);
            String large = "POST / HTTP/1.1\r\nHost: localhost\r\nA: " + "b".repeat(15_000);
            for (int i = 0; i < 750; i++) {
                gateway.say(many);
                gateway.say(large);
            }
            hold(Duration.ofSeconds(3));
        });
    }

    @AfterEach
    void otherTestsHaveUsualWindows() {
        System.clearProperty(WINDOW);
        System.clearProperty(CONNECTION_WINDOW);
    }

    private void attack(String name, long megabytes, Deed deed) throws Exception {
        try (var gateway = AttackedGateway.start(directory, 2, AttackedGateway.LITTLE_MEMORY);
                var clients = new Clients(gateway)) {
            clients.nodes(new Behaviour.HugeResult(megabytes * MIB));
            gateway.under(name, () -> deed.to(clients));
            clients.leave();
            Await.until(
                    "all that was held is given back: "
                            + gateway.process().status().path("memory"),
                    Duration.ofSeconds(20),
                    () -> gateway.held() < MIB);
        }
    }

    private static void hold(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    /// As the canary asks.
    private static final String SMALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBalance\",\"params\":"
            + "[\"0x00000000000000000000000000000000000000aa\",\"latest\"]}";

    private static String slow() {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + SLOW + "\",\"params\":[{},\"latest\"]}";
    }

    private static String call(int id) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + HUGE + "\",\"params\":[\"0x1\"]}";
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private interface Deed {
        void to(Clients clients) throws Exception;
    }

    /// Connections of hostile clients, which say much and read nothing.
    private static final class Clients implements AutoCloseable {
        private final AttackedGateway gateway;
        private final List<HttpClient> clients = new ArrayList<>();
        private final List<Socket> open = new ArrayList<>();
        private final AtomicInteger cut = new AtomicInteger();

        Clients(AttackedGateway gateway) {
            this.gateway = gateway;
        }

        void nodes(Behaviour behaviour) {
            for (FakeNode node : gateway.nodes()) node.on(HUGE, behaviour);
        }

        void post(String body) throws IOException {
            connect().getOutputStream().write(request(body, "").getBytes(StandardCharsets.US_ASCII));
        }

        void pipelined(String body, int times) throws IOException {
            say(request(body, "").repeat(times));
        }

        /// One node never answers this method, the others do.
        void oneHangs() {
            gateway.nodes().getFirst().on(SLOW, new Behaviour.Hang());
        }

        /// Says it as far as the gateway listens.
        void say(String text) throws IOException {
            say(text.getBytes(StandardCharsets.US_ASCII));
        }

        private void say(byte[] bytes) throws IOException {
            Socket socket = connect();
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(bytes);
                } catch (IOException closed) {
                    cut.incrementAndGet(); // which the gateway may do
                }
            });
        }

        void pipelined(String first, String others, int times) throws IOException {
            say(request(first, "") + request(others, "").repeat(times));
        }

        /// Of one connection, by the frame.
        void rawStreams(String body, int times) throws IOException {
            var said = new ByteArrayOutputStream();
            said.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            said.writeBytes(frame(4, 0, 0, new byte[0]));
            for (int stream = 1; stream < 2 * times; stream += 2) {
                said.writeBytes(frame(1, 4, stream, new byte[] {(byte) 0x83, (byte) 0x86, (byte) 0x84, 0x41, 1, 'x'}));
                said.writeBytes(frame(0, 1, stream, body.getBytes(StandardCharsets.US_ASCII)));
            }
            say(said.toByteArray());
        }

        /// Leaves much unread, and says this once nothing more can be written.
        void unread(String call, byte[] then) throws IOException {
            Socket socket = connect();
            var first = new ByteArrayOutputStream();
            first.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            first.writeBytes(frame(4, 0, 0, new byte[] {0, 4, 0x7f, -1, -1, -1}));
            first.writeBytes(frame(8, 0, 0, new byte[] {0x7f, -2, -1, -1}));
            first.writeBytes(frame(1, 4, 1, new byte[] {(byte) 0x83, (byte) 0x86, (byte) 0x84, 0x41, 1, 'x'}));
            first.writeBytes(frame(0, 1, 1, call.getBytes(StandardCharsets.US_ASCII)));
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(first.toByteArray());
                    hold(Duration.ofSeconds(2));
                    socket.getOutputStream().write(then);
                } catch (IOException closed) {
                    cut.incrementAndGet(); // which the gateway may do
                }
            });
        }

        void announcedAt(FakeNode node, URI heads) throws Exception {
            gateway.add(node, heads);
        }

        private static byte[] frame(int type, int flags, int stream, byte[] payload) {
            return ByteBuffer.allocate(9 + payload.length)
                    .put((byte) 0)
                    .putShort((short) payload.length)
                    .put((byte) type)
                    .put((byte) flags)
                    .putInt(stream)
                    .put(payload)
                    .array();
        }

        /// Of one connection, each of which is answered with more than its client wants to have.
        void streams(String body, int times) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
            clients.add(client);
            HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url()))
                    .POST(BodyPublishers.ofString(body))
                    .build();
            for (int i = 0; i < times; i++) {
                client.sendAsync(request, BodyHandlers.ofInputStream()).whenComplete((_, _) -> cut.incrementAndGet());
            }
        }

        void unfinished(long announced, byte[] sent) throws IOException {
            Socket socket = connect();
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(head(announced, "").getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().write(sent);
                } catch (IOException closed) {
                    cut.incrementAndGet(); // which the gateway may do
                }
            });
        }

        void compressed(byte[] body) throws IOException {
            Socket socket = connect();
            socket.getOutputStream()
                    .write(head(body.length, "Content-Encoding: gzip\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
        }

        private Socket connect() throws IOException {
            var socket = new Socket();
            socket.setReceiveBufferSize(16 * 1024);
            socket.connect(new InetSocketAddress("127.0.0.1", gateway.port()));
            open.add(socket);
            return socket;
        }

        private static String request(String body, String headers) {
            return head(body.length(), headers) + body;
        }

        private static String head(long length, String headers) {
            return "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                    + "Content-Length: " + length + "\r\n\r\n";
        }

        void leave() throws IOException {
            for (Socket socket : open) socket.close();
            for (HttpClient client : clients) client.shutdownNow();
        }

        @Override
        public void close() throws IOException {
            leave();
        }
    }
}
