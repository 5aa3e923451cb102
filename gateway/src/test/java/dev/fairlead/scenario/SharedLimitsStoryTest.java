package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Await;
import dev.fairlead.support.RedisServer;
import java.io.IOException;
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
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two gateways, their clients, a real node, and a real Redis that goes and comes.
@Tag("real")
class SharedLimitsStoryTest {
    private static final long RATE = 60;
    private static final long BURST = 60;
    private static final Duration LONG = Duration.ofSeconds(4);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private final RedisServer redis = RedisServer.start();
    private final AnvilNetwork network = AnvilNetwork.start(1, Duration.ofMillis(300));
    private final List<GatewayProcess> gateways = new ArrayList<>();
    private final List<Thread> clients = new ArrayList<>();
    private final ConcurrentLinkedQueue<Long> passed = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> strange = new ConcurrentLinkedQueue<>();
    private volatile boolean isOver;

    @AfterEach
    void end() throws Exception {
        isOver = true;
        for (Thread client : clients) client.join();
        gateways.forEach(GatewayProcess::close);
        network.close();
        redis.close();
    }

    @Test
    void theLimitHoldsAndNoCallFailsWhileRedisIsKilledStoppedAndBack() throws Exception {
        for (String name : List.of("one", "two")) gateways.add(serve(name));
        Await.until("both are counted", () -> metric("fairlead_redis_gateways 2.0"));
        long begin = System.nanoTime();
        for (GatewayProcess gateway : gateways) for (int i = 0; i < 3; i++) call(gateway.url());

        Await.forAWhile(LONG);
        redis.kill();
        Await.until("it is seen to be gone", () -> metric("fairlead_redis_up 0.0"));
        long gone = System.nanoTime();
        Await.forAWhile(LONG);
        long back = System.nanoTime();
        redis.startAgain();
        Await.until("it is seen to be back", () -> metric("fairlead_redis_up 1.0"));
        Await.forAWhile(LONG);
        redis.hang();
        Await.until("it is seen to hang", () -> metric("fairlead_redis_up 0.0"));
        Await.forAWhile(LONG);
        redis.goOn();
        Await.until("it is seen to go on", () -> metric("fairlead_redis_up 1.0"));
        Await.forAWhile(LONG);
        long end = System.nanoTime();

        assertThat(strange).isEmpty();
        assertThat(gateways)
                .allSatisfy(gateway ->
                        assertThat(gateway.log().split("Redis is gone", -1)).hasSize(3));
        assertThat(passed(begin, end)).isBetween(least(begin, end), most(begin, end));
        assertThat(passed(gone, back)).isBetween(least(gone, back), most(gone, back));
    }

    private long passed(long from, long to) {
        return passed.stream().filter(at -> at >= from && at < to).count();
    }

    private static long least(long from, long to) {
        return (long) (RATE * (to - from) / 1e9 * 0.95);
    }

    private static long most(long from, long to) {
        return (long) Math.ceil((RATE * (to - from) / 1e9 + BURST) * 1.05);
    }

    /// Whether both gateways show that line.
    private boolean metric(String line) {
        for (GatewayProcess gateway : gateways) {
            if (metrics(gateway).lines().noneMatch(line::equals)) return false;
        }
        return true;
    }

    private static String metrics(GatewayProcess gateway) {
        var request = HttpRequest.newBuilder(URI.create(gateway.adminUrl() + "/metrics"))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Asks again and again, as one that has not understood 429 does.
    private void call(String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_gasPrice\"}"))
                .build();
        clients.add(Thread.ofVirtual().start(() -> {
            while (!isOver) {
                try {
                    var answer = HTTP.send(request, BodyHandlers.ofString());
                    if (answer.statusCode() == 200 && answer.body().contains("\"result\""))
                        passed.add(System.nanoTime());
                    else if (answer.statusCode() != 429) strange.add(answer.statusCode() + " " + answer.body());
                } catch (IOException failure) {
                    strange.add(failure.toString());
                } catch (InterruptedException _) {
                    return;
                }
                Await.forAWhile(Duration.ofMillis(10));
            }
        }));
    }

    private GatewayProcess serve(String name) throws IOException {
        int port = Anvil.freePort();
        int adminPort = Anvil.freePort();
        Path file = Files.createDirectory(directory.resolve(name)).resolve("fairlead.toml");
        Files.writeString(file, """
                [server]
                listen = "127.0.0.1:%d"
                [admin]
                listen = "127.0.0.1:%d"
                [store]
                directory = "data"
                [redis]
                url = "%s"
                [[limits]]
                per = ["method"]
                rate = "%d/s"
                burst = %d
                [chains.test.nodes.a]
                url = "%s"
                """.formatted(
                port, adminPort, redis.url(), RATE, BURST, network.node(0).url()));
        return GatewayProcess.serve(file, port, adminPort);
    }
}
