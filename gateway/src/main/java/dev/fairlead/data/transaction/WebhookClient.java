package dev.fairlead.data.transaction;

import dev.fairlead.core.telemetry.Events;
import dev.fairlead.core.transaction.Webhook;
import dev.fairlead.data.transaction.WebhookAnswer.Failed;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks webhooks, on threads of its own: each question has a time, and as many are asked at once as the webhook's
/// declaration allows.
public final class WebhookClient implements AutoCloseable {
    private static final int LARGEST_ANSWER = 16 * 1024;

    private final Events events;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /// How many questions each webhook that is asked now has to answer.
    private final Map<Webhook, Integer> inFlight = new ConcurrentHashMap<>();
    private @Nullable HttpClient http;

    public WebhookClient(Events events) {
        this.events = events;
    }

    /// What came of a question.
    ///
    /// @param transactions what it was about, for the operator; empty where there is a verdict
    record Told(WebhookAnswer answer, String transactions, long nanos) {}

    /// @param left nanoseconds until nobody waits for the answer any more
    /// @param told called once, on another thread
    /// @return what ends the question before it is answered
    Runnable ask(Webhook webhook, WebhookQuestion question, long left, Consumer<Told> told) {
        if (!enter(webhook)) {
            String busy = "it has " + webhook.mostInFlight() + " questions to answer already (in_flight)";
            Thread.ofVirtual().name("webhook").start(() -> tell(question, new Failed(busy), 0, told));
            return () -> {};
        }
        long nanos = Math.min(left, webhook.timeout().toNanos());
        Thread asking = Thread.ofVirtual().name("webhook").start(() -> {
            long began = System.nanoTime();
            WebhookAnswer answer = new Failed("a fault of the gateway's own");
            try {
                answer = answer(webhook, question.json(), began + nanos);
            } finally {
                leave(webhook);
                tell(question, answer, System.nanoTime() - began, told);
            }
        });
        return asking::interrupt;
    }

    private void tell(WebhookQuestion question, WebhookAnswer answer, long nanos, Consumer<Told> told) {
        events.webhookAnswered(answer.word(), nanos);
        told.accept(new Told(answer, answer instanceof Failed ? question.names() : "", nanos));
    }

    private WebhookAnswer answer(Webhook webhook, byte[] question, long until) {
        try {
            return WebhookAnswer.of(exchange(webhook, question, until));
        } catch (TimeoutException _) {
            return new Failed("no answer in time");
        } catch (InterruptedException _) {
            return new Failed("nobody waits for its answer any more");
        } catch (ExecutionException failure) {
            return new Failed(WebhookAnswer.cause(failure.getCause()));
        }
    }

    /// A connection that was kept may have been closed meanwhile, so that a question may be asked twice.
    private HttpResponse<byte[]> exchange(Webhook webhook, byte[] question, long until)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return once(webhook, question, until);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException) return once(webhook, question, until);
            throw failure;
        }
    }

    private HttpResponse<byte[]> once(Webhook webhook, byte[] question, long until)
            throws InterruptedException, ExecutionException, TimeoutException {
        var request = HttpRequest.newBuilder(webhook.url())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(question));
        if (webhook.authorization() != null) request.header("Authorization", webhook.authorization());
        CompletableFuture<HttpResponse<byte[]>> sent =
                http().sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return sent.get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } finally {
            sent.cancel(true);
        }
    }

    /// Made when it is needed: most gateways have no webhook.
    private synchronized HttpClient http() {
        if (http == null) {
            http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(Duration.ofSeconds(30))
                    .executor(threads)
                    .build();
        }
        return http;
    }

    private boolean enter(Webhook webhook) {
        int now = inFlight.merge(webhook, 1, Integer::sum);
        if (now <= webhook.mostInFlight()) return true;
        leave(webhook);
        return false;
    }

    private void leave(Webhook webhook) {
        inFlight.computeIfPresent(webhook, (_, now) -> now == 1 ? null : now - 1);
    }

    @Override
    public synchronized void close() {
        if (http != null) http.shutdownNow();
        threads.shutdownNow();
    }
}
