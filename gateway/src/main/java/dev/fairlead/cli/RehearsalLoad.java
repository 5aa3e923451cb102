package dev.fairlead.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// The clients of a rehearsal: one of every kind of call, and many of the kind that a gateway sees most.
record RehearsalLoad(String endpoint) {
    private static final int CONNECTIONS = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration BLOCK = Duration.ofMillis(250);

    private static final String BLOCK_NUMBER = call(1, "eth_blockNumber", "");
    private static final String BALANCE =
            call(2, "eth_getBalance", "\"0x0000000000000000000000000000000000000000\",\"latest\"");
    private static final String REVERTED =
            call(3, "eth_call", "{\"to\":\"0x0000000000000000000000000000000000000000\"},\"latest\"");
    private static final String BY_NUMBER = call(4, "eth_getBlockByNumber", "\"0x5\",false");
    private static final String BATCH = "[" + BLOCK_NUMBER + "," + BALANCE + "," + BY_NUMBER + "]";

    /// What clients say most, over and over.
    private static final List<String> USUAL = List.of(
            BLOCK_NUMBER,
            BALANCE,
            BLOCK_NUMBER,
            BY_NUMBER,
            REVERTED,
            BLOCK_NUMBER,
            BALANCE,
            call("\"a\"", "eth_chainId", ""),
            BATCH,
            BLOCK_NUMBER);

    /// What they say seldom or wrongly.
    private static final List<String> RARE = List.of(
            call(5, "eth_getLogs", "{\"fromBlock\":\"0x1\",\"toBlock\":\"0x5\"}"),
            call(6, "debug_traceTransaction", "\"0x00\""),
            call(7, "eth_sendRawTransaction", "\"0x02f8\""),
            call(8, "no_such_method", ""),
            call(9, "eth_getBlockByNumber", "\"0xffffff\",false"),
            "{\"jsonrpc\":\"2.0\"}",
            "[]",
            "{");

    private static String call(Object id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":[" + params + "]}";
    }

    void oneOfEach() throws InterruptedException {
        try (var http = client(Version.HTTP_1_1).build()) {
            for (String body : RARE) post(http, endpoint, body);
            for (String body : USUAL) post(http, endpoint, body);
        }
    }

    void oneOfEachOverHttp2() throws InterruptedException {
        try (var http = client(Version.HTTP_2).build()) {
            for (String body : RARE) post(http, endpoint, body);
            for (String body : USUAL) post(http, endpoint, body);
        }
    }

    static void encrypted(String endpoint, RehearsalCertificate certificate) throws InterruptedException {
        for (Version version : Version.values()) {
            if (version != Version.HTTP_1_1 && version != Version.HTTP_2) continue;
            try (var http = client(version).sslContext(certificate.trusting()).build()) {
                for (String body : USUAL) post(http, endpoint, body);
            }
        }
    }

    static void look(String url) throws InterruptedException {
        try (var http = client(Version.HTTP_1_1).build()) {
            send(http, HttpRequest.newBuilder(URI.create(url)).build());
        }
    }

    /// Ends when so many calls are answered, or when it takes too long.
    ///
    /// @param block is told when the chain shall grow
    /// @return how many calls were answered
    long keepUp(int calls, Runnable block) throws InterruptedException {
        var answered = new LongAdder();
        long until = System.nanoTime() + LONGEST.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CONNECTIONS; i++) threads.submit(() -> keepUp(calls / CONNECTIONS, until, answered));
            threads.shutdown();
            while (!threads.awaitTermination(BLOCK.toMillis(), TimeUnit.MILLISECONDS)) block.run();
        }
        return answered.sum();
    }

    private Void keepUp(int calls, long until, LongAdder answered) throws IOException {
        try (var line = RehearsalLine.to(URI.create(endpoint))) {
            for (int i = 0; i < calls && System.nanoTime() < until; i++) {
                line.exchange(USUAL.get(i % USUAL.size()));
                answered.increment();
            }
        }
        return null;
    }

    private static HttpClient.Builder client(Version version) {
        return HttpClient.newBuilder().version(version).connectTimeout(PATIENCE);
    }

    private static void post(HttpClient http, String endpoint, String body) throws InterruptedException {
        send(
                http,
                HttpRequest.newBuilder(URI.create(endpoint))
                        .timeout(PATIENCE)
                        .header("Accept-Encoding", "gzip")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    /// Whatever comes of it is no matter here.
    private static void send(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            http.send(request, BodyHandlers.discarding());
        } catch (IOException broken) {
            System.err.println("a call of the rehearsal was not answered: " + broken);
        }
    }
}
