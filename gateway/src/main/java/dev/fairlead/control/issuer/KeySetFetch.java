package dev.fairlead.control.issuer;

import dev.fairlead.core.jwt.KeySetUrl;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Fetches sets of keys over HTTP, a few at once: each within a bound of time and of bytes, by the very URL that is
/// declared and no other.
public final class KeySetFetch implements AutoCloseable {
    private static final int AT_ONCE = 8;

    private final Duration limit;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable HttpClient http;

    /// @param limit how long one may take
    public KeySetFetch(Duration limit) {
        this.limit = limit;
    }

    /// Blocks.
    public FetchResult fetch(KeySetUrl from) throws InterruptedException {
        places.acquire();
        try {
            return once(from);
        } finally {
            places.release();
        }
    }

    private FetchResult once(KeySetUrl from) throws InterruptedException {
        var request = HttpRequest.newBuilder(from.url()).header("Accept", "application/jwk-set+json, application/json");
        if (from.authorization() != null) request.header("Authorization", from.authorization());
        CompletableFuture<HttpResponse<byte[]>> sent = http().sendAsync(request.build(), KeySetFetch::body);
        try {
            return FetchResult.of(sent.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return new FetchResult.Failed("expected an answer within " + limit.toSeconds() + " s, found none");
        } catch (ExecutionException failure) {
            return FetchResult.broken(failure.getCause());
        } finally {
            sent.cancel(true);
        }
    }

    /// A byte more than there may be shows that there are too many; of other answers the status says enough.
    private static BodySubscriber<byte[]> body(ResponseInfo head) {
        return new BoundedBody(head.statusCode() == 200 ? FetchResult.LARGEST + 1 : 0);
    }

    /// Made when it is needed: most gateways fetch none.
    private synchronized HttpClient http() {
        if (http == null) {
            http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(limit)
                    .executor(threads)
                    .build();
        }
        return http;
    }

    @Override
    public synchronized void close() {
        if (http != null) http.shutdownNow();
        threads.shutdownNow();
    }
}
