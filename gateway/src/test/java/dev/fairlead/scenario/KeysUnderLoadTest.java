package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.FairleadCommand;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import dev.fairlead.support.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tenants and keys, ordered while clients call.
class KeysUnderLoadTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_gasPrice\",\"params\":[]}";
    private static final Pattern KEY = Pattern.compile("fl_[A-Za-z0-9]{40}");

    @TempDir
    private Path directory;

    private final int port = Anvil.freePort();
    private final int admin = Anvil.freePort();
    private FakeNode node;
    private GatewayProcess gateway;

    @BeforeEach
    void start() throws Exception {
        FakeChain chain = FakeChain.of(1);
        chain.mine(10);
        node = FakeNode.start(chain);
        Path file = Files.writeString(directory.resolve("fairlead.toml"), """
                [server]
                listen = "127.0.0.1:%d"
                [admin]
                listen = "127.0.0.1:%d"
                [tenants.of-the-file]
                [chains.mainnet]
                [chains.mainnet.nodes.a]
                url = "%s"
                """.formatted(port, admin, node.httpUrl()));
        gateway = GatewayProcess.serve(file, port, admin);
    }

    @AfterEach
    void end() {
        gateway.close();
        node.close();
    }

    @Test
    void keysAreAddedRotatedAndRevokedAndNoOtherCallNotices() throws Exception {
        run("tenants", "add", "dapp");
        String kept = key(run("keys", "add", "dapp/kept"));
        String revoked = key(run("keys", "add", "of-the-file/web"));

        try (var withKept = new Calls(kept);
                var withRevoked = new Calls(revoked)) {
            withKept.await(20);
            withRevoked.await(20);
            String next = key(run("keys", "rotate", "dapp/kept"));
            assertThat(call(next)).isEqualTo(200);
            run("keys", "add", "dapp/more");
            run("nodes", "add", "http://127.0.0.1:1", "--name", "dead");
            assertThat(withRevoked.others).isEmpty();

            run("keys", "revoke", "of-the-file/web");

            Await.until("the revoked key is refused", SOON, () -> withRevoked.others.contains(401));
            assertThat(call(revoked)).isEqualTo(401);
            assertThat(call(kept + "x")).isEqualTo(401);
            withKept.await(20);
            assertThat(withKept.others).isEmpty();
            assertThat(withRevoked.others).containsExactly(401);
        }

        assertThat(run("keys", "list"))
                .containsPattern("dapp/kept +fl_.{5} +valid +\\S+ +\\S+Z +20\\S+Z")
                .doesNotContain(kept, revoked);
        assertThat(gateway.log()).doesNotContain(kept, revoked);
    }

    private String run(String... words) {
        var arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--admin", "http://127.0.0.1:" + admin));
        var out = new StringWriter();
        var err = new StringWriter();
        int code = FairleadCommand.commandLine((_, _) -> {
                    throw new IllegalStateException("no gateway is started in this process");
                })
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
        return out.toString();
    }

    private static String key(String printed) {
        Matcher key = KEY.matcher(printed);
        assertThat(key.find()).as(printed).isTrue();
        return key.group();
    }

    private int call(String key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v3/" + key))
                .POST(BodyPublishers.ofString(CALL))
                .build();
        return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    }

    /// One client that calls without a pause on a kept connection.
    private final class Calls implements AutoCloseable {
        private final AtomicBoolean isGoing = new AtomicBoolean(true);
        private final AtomicInteger served = new AtomicInteger();
        private final List<Integer> others = new CopyOnWriteArrayList<>();
        private final Thread thread;

        Calls(String key) {
            thread = Thread.ofVirtual().start(() -> {
                while (isGoing.get()) {
                    int status = status(key);
                    if (status == 200) served.incrementAndGet();
                    else if (!others.contains(status)) others.add(status);
                }
            });
        }

        private int status(String key) {
            try {
                return call(key);
            } catch (IOException broken) {
                return -1;
            } catch (InterruptedException ended) {
                throw new AssertionError(ended);
            }
        }

        void await(int more) {
            int end = served.get() + more;
            Await.until(more + " more calls are served", SOON, () -> served.get() >= end);
        }

        @Override
        public void close() {
            isGoing.set(false);
            Await.until("the client ends", SOON, () -> !thread.isAlive());
        }
    }
}
