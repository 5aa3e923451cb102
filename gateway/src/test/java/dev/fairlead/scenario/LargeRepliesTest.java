package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.fakenode.Behaviour;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Replies that are larger than anybody wants to hold in memory.
class LargeRepliesTest {
    private static final int READERS = 24;
    private static final long SIZE = 30L * 1024 * 1024;
    private static final long TOLERATED_GROWTH_KIB = 120 * 1024;
    private static final int SIP = 64 * 1024;

    @TempDir
    private Path directory;

    @Test
    void memoryStaysFlatWithManyLargeRepliesToSlowReaders() throws Exception {
        int port = Anvil.freePort();
        int admin = Anvil.freePort();
        FakeChain chain = FakeChain.of(1);
        chain.mine(10);
        try (FakeNode node = FakeNode.start(chain);
                var gateway = GatewayProcess.launch(
                        List.of(
                                "serve",
                                "--node",
                                node.httpUrl().toString(),
                                "--listen",
                                "127.0.0.1:" + port,
                                "--admin-listen",
                                "127.0.0.1:" + admin),
                        directory,
                        port,
                        admin);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            gateway.awaitReady();
            node.on("debug_traceBlockByNumber", new Behaviour.HugeResult(SIZE));
            assertThat(read(port)).isGreaterThan(SIZE);
            long before = gateway.residentKib();

            var reading = new ArrayList<Future<Long>>();
            for (int i = 0; i < READERS; i++) reading.add(threads.submit(() -> read(port)));
            long peak = before;
            while (reading.stream().anyMatch(reader -> !reader.isDone())) {
                peak = Math.max(peak, gateway.residentKib());
                LockSupport.parkNanos(20_000_000);
            }

            for (Future<Long> reader : reading) assertThat(reader.get()).isGreaterThan(SIZE);
            assertThat(peak - before).isLessThan(TOLERATED_GROWTH_KIB);
        }
    }

    /// Reads one large reply in small sips with pauses, as a client behind a slow line does.
    private static long read(int port) throws Exception {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setReceiveBufferSize(SIP);
            String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"debug_traceBlockByNumber\",\"params\":[\"0x1\"]}";
            String request = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] sip = new byte[SIP];
            long total = 0;
            for (int read = in.read(sip); read >= 0; read = in.read(sip)) {
                total += read;
                LockSupport.parkNanos(2_000_000);
            }
            return total;
        }
    }
}
