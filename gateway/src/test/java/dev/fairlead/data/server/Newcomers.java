package dev.fairlead.data.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Clients that connect for every single call, all the while.
final class Newcomers implements AutoCloseable {
    private static final int MANY = 8;

    private final int port;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong served = new AtomicLong();
    private volatile boolean over;

    private Newcomers(int port) {
        this.port = port;
    }

    static Newcomers at(int port) {
        var newcomers = new Newcomers(port);
        for (int i = 0; i < MANY; i++) newcomers.threads.add(Thread.ofPlatform().start(newcomers::come));
        return newcomers;
    }

    long served() {
        return served.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    private void come() {
        while (!over) {
            try (Wire wire = new Wire(port)) {
                wire.say(Wire.post(Gateway.call(1, "a")));
                if (wire.hear().status() == 200) served.incrementAndGet();
            } catch (IOException failure) {
                failures.add(failure.toString());
            }
        }
    }

    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
