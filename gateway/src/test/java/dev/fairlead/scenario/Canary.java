package dev.fairlead.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Well-behaved clients that make small calls all the while, on lasting connections and on new ones. Whatever is done
/// to the gateway meanwhile, every one of them must be answered.
final class Canary implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration PAUSE_OF_NEW = Duration.ofMillis(20);
    private static final int LASTING = 6;
    private static final int NEW = 2;
    /// With fewer calls, that none failed says little.
    private static final long ENOUGH = 400;

    private static final Duration UNTIL_ENOUGH = Duration.ofSeconds(60);
    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"eth_getBalance\",\"params\":"
            + "[\"0x00000000000000000000000000000000000000aa\",\"latest\"]}";

    private final URI url;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();
    private volatile boolean over;

    private Canary(String url) {
        this.url = URI.create(url);
    }

    static Canary at(String url) {
        var canary = new Canary(url);
        for (int i = 0; i < LASTING; i++) canary.begin(true);
        for (int i = 0; i < NEW; i++) canary.begin(false);
        return canary;
    }

    /// On a lasting connection only: where new ones cannot be had.
    static Canary connectedTo(String url) {
        var canary = new Canary(url);
        for (int i = 0; i < LASTING; i++) canary.begin(true);
        Await.until("the canary sings", Duration.ofSeconds(20), () -> canary.calls() > 2 * LASTING);
        return canary;
    }

    private void begin(boolean lasting) {
        String name = lasting ? "canary-lasting" : "canary-new";
        threads.add(Thread.ofPlatform().daemon().name(name).start(() -> sing(lasting)));
    }

    /// Those that have come to their end.
    long calls() {
        return calls.get();
    }

    /// Lets what is done to the gateway go on until enough calls were made meanwhile.
    void awaitEnough() {
        long before = calls();
        Await.until("enough calls are made", UNTIL_ENOUGH, () -> calls() - before > ENOUGH || !failures.isEmpty());
    }

    /// The slowest call so far.
    Duration slowest() {
        return Duration.ofNanos(slowest.get());
    }

    /// Stops, prints how many calls were made and the slowest, and asserts that they are many and none has failed.
    ///
    /// @param during what was done meanwhile
    void assertUnharmed(String during) {
        close();
        System.out.printf(
                "canary during %s: %d calls, %d failures, slowest %d ms%n",
                during, calls.get(), failures.size(), slowest().toMillis());
        assertThat(failures.stream().limit(5))
                .as("failures of small calls during " + during)
                .isEmpty();
        assertThat(calls()).as("calls during " + during).isGreaterThan(ENOUGH);
    }

    private void sing(boolean lasting) {
        HttpClient kept = client();
        while (!over) {
            long id = ids.incrementAndGet();
            long begun = System.nanoTime();
            if (lasting) {
                call(kept, id);
            } else {
                try (HttpClient fresh = client()) {
                    call(fresh, id);
                }
            }
            calls.incrementAndGet();
            slowest.accumulateAndGet(System.nanoTime() - begun, Math::max);
            LockSupport.parkNanos((lasting ? PAUSE : PAUSE_OF_NEW).toNanos());
        }
        kept.close();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
    }

    private void call(HttpClient http, long id) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(CALL.formatted(id)))
                .build();
        try {
            HttpResponse<String> said = http.send(request, BodyHandlers.ofString());
            boolean right = said.statusCode() == 200
                    && said.body().contains("\"id\":" + id)
                    && said.body().contains("\"result\":\"0x");
            if (!right) failures.add(id + ": " + said.statusCode() + " " + said.body());
        } catch (IOException failure) {
            failures.add(id + ": " + failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join(PATIENCE.plusSeconds(5));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
