package dev.fairlead.cli;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// The clients of a rehearsal: one call of every kind, and many of the kinds that a gateway sees most.
record RehearsalLoad(URI endpoint) {
    private static final int CONNECTIONS = 32;
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration BLOCK = Duration.ofMillis(250);

    private static final String BLOCK_NUMBER = call(1, "eth_blockNumber", "");
    private static final String BALANCE =
            call(2, "eth_getBalance", "\"0x0000000000000000000000000000000000000000\",\"latest\"");
    private static final String REVERTED =
            call(3, "eth_call", "{\"to\":\"0x0000000000000000000000000000000000000000\"},\"latest\"");
    private static final String BY_NUMBER = call(4, "eth_getBlockByNumber", "\"0x5\",false");
    private static final String BATCH = "[" + BLOCK_NUMBER + "," + BALANCE + "," + BY_NUMBER + "]";

    /// The calls that clients make most.
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

    /// Rare calls, and faulty ones.
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

    void oneOfEach() throws IOException {
        for (String body : RARE) {
            try (var line = RehearsalLine.to(endpoint)) {
                line.post(body);
                line.get("/readyz");
            }
        }
    }

    /// Ends when so many calls are answered, or when it takes too long.
    ///
    /// @param block called when the chain is to grow
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
        try (var line = RehearsalLine.to(endpoint)) {
            for (int i = 0; i < calls && System.nanoTime() < until; i++) {
                line.post(USUAL.get(i % USUAL.size()));
                answered.increment();
            }
        }
        return null;
    }
}
