package dev.fairlead.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A server of an issuer's keys that may fail in the ways such servers do.
public final class KeySetServer implements AutoCloseable {
    /// What it answers.
    public sealed interface Answer {
        record Text(int status, String body) implements Answer {}

        /// Leads elsewhere.
        record Redirect(String to) implements Answer {}

        /// Never ends.
        record Endless(int status) implements Answer {}

        /// Says nothing at all.
        record Hanging() implements Answer {}

        /// Says less than it promises.
        record CutOff(String body) implements Answer {}
    }

    /// Paths that were asked for.
    public final List<String> asked = new CopyOnWriteArrayList<>();
    /// `Authorization` of each request that had one.
    public final List<String> authorizations = new CopyOnWriteArrayList<>();

    public volatile Answer answer;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private KeySetServer(HttpServer server, Answer answer) {
        this.server = server;
        this.answer = answer;
    }

    public static KeySetServer start(Answer answer) {
        return start(0, answer);
    }

    public static KeySetServer start(int port, Answer answer) {
        try {
            var listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            var started = new KeySetServer(listening, answer);
            listening.setExecutor(started.threads);
            listening.createContext("/", started::serve);
            listening.start();
            return started;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static Answer keys(String... keys) {
        return new Answer.Text(200, KeySetTexts.set(keys));
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/jwks.json";
    }

    private void serve(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().getPath());
        @Nullable String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization != null) authorizations.add(authorization);
        try (exchange) {
            switch (answer) {
                case Answer.Text(var status, var body) -> send(exchange, status, body, 0);
                case Answer.Redirect(var to) -> {
                    exchange.getResponseHeaders().add("Location", to);
                    exchange.sendResponseHeaders(302, -1);
                }
                case Answer.Endless(var status) -> endless(exchange, status);
                case Answer.Hanging() -> awaitClose();
                case Answer.CutOff(var body) -> send(exchange, 200, body, 10);
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String body, int missing) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length + missing == 0 ? -1 : bytes.length + missing);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
    }

    private void endless(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, 0);
        OutputStream body = exchange.getResponseBody();
        byte[] part = " ".repeat(8_192).getBytes(StandardCharsets.UTF_8);
        while (closed.getCount() > 0) body.write(part);
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
