package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.fakenode.Behaviour.HugeResult;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that read steadily, and ask for more large replies than there are connections to the node: replies wait for
/// their turn, give their connections to other calls meanwhile, and all arrive.
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SteadyReadersTest {
    private static final String METHOD = "debug_traceBlockByNumber";
    private static final int SIZE = 2 * 1024 * 1024;
    private static final int REPLIES = 10;
    private static final int CLIENTS = 4;
    /// More than there are connections.
    private static final int SLOW_CLIENTS = 16;
    private static final int SLOW_REPLIES = 6;
    /// More than twice what counts as reading.
    private static final double SLOW = 6e5;
    private static final int SIP = 32 * 1024;
    private static final double BYTES_A_SECOND = 3e6;
    private static final Pattern ERROR = Pattern.compile("\"error\":\\{[^}]*\\}");

    @TempDir
    private Path directory;

    private FakeNode node;
    private GatewayProcess gateway;
    private int port;

    @BeforeEach
    void start() throws IOException {
        port = Anvil.freePort();
        int admin = Anvil.freePort();
        FakeChain chain = FakeChain.of(1);
        chain.mine(10);
        node = FakeNode.start(chain);
        node.on(METHOD, new HugeResult(SIZE));
        Path file = Files.writeString(directory.resolve("fairlead.toml"), """
                [server]
                listen = "127.0.0.1:%d"
                [admin]
                listen = "127.0.0.1:%d"
                [server.timeouts]
                call = "200s"
                [upstream]
                connections_per_node = 8
                [chains.main.nodes.a]
                url = "%s"
                """.formatted(port, admin, node.httpUrl()));
        gateway = GatewayProcess.serve(file, port, admin);
    }

    @AfterEach
    void stop() {
        gateway.close();
        node.close();
    }

    @Test
    void batchesArriveWhole() throws Exception {
        String request = request(batch(REPLIES), "close");

        for (String answer : fromEachClient(request, CLIENTS, BYTES_A_SECOND)) assertWhole(answer, 1, REPLIES);
    }

    /// The kernel would take megabytes at once for such clients, and then nothing for seconds.
    @Test
    void batchesArriveWholeAtClientsThatReadSlowly() throws Exception {
        String request = request(batch(SLOW_REPLIES), "close");

        for (String answer : fromEachClient(request, SLOW_CLIENTS, SLOW)) assertWhole(answer, 1, SLOW_REPLIES);
    }

    @Test
    void pipelinedRepliesArriveWhole() throws Exception {
        var requests = new StringBuilder();
        for (int i = 0; i < REPLIES; i++) requests.append(request(call(i), i < REPLIES - 1 ? "keep-alive" : "close"));

        for (String answer : fromEachClient(requests.toString(), CLIENTS, BYTES_A_SECOND)) {
            assertWhole(answer, REPLIES, REPLIES);
        }
    }

    private static void assertWhole(String answer, int responses, int replies) {
        List<String> errors =
                ERROR.matcher(answer).results().map(MatchResult::group).toList();
        assertThat(errors).isEmpty();
        assertThat(answer.split("HTTP/1.1 200 OK", -1).length - 1).isEqualTo(responses);
        assertThat(answer.split("\"result\"", -1).length - 1).isEqualTo(replies);
        assertThat(answer.length()).isGreaterThan(replies * SIZE);
    }

    private List<String> fromEachClient(String requests, int clients, double bytesASecond) throws Exception {
        List<String> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> reading = new ArrayList<>();
            for (int i = 0; i < clients; i++) reading.add(threads.submit(() -> read(requests, bytesASecond)));
            for (Future<String> each : reading) answers.add(each.get());
        }
        return answers;
    }

    private String read(String requests, double bytesASecond) throws IOException {
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(2 * SIP);
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
            var answer = new ByteArrayOutputStream();
            byte[] sip = new byte[SIP];
            InputStream in = socket.getInputStream();
            for (int read = in.read(sip); read >= 0; read = in.read(sip)) {
                answer.write(sip, 0, read);
                LockSupport.parkNanos((long) (read / bytesASecond * 1e9));
            }
            return answer.toString(StandardCharsets.US_ASCII);
        }
    }

    private static String batch(int replies) {
        return IntStream.range(0, replies).mapToObj(SteadyReadersTest::call).collect(Collectors.joining(",", "[", "]"));
    }

    private static String call(int id) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":[\"0x1\"]}".formatted(id, METHOD);
    }

    private static String request(String body, String connection) {
        return "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(connection, body.length(), body);
    }
}
