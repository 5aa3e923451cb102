package dev.fairlead.fakenode;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What a node was asked: counters for ever, the newest calls in full while recording is on.
final class Calls {
    private static final int KEPT = 10_000;

    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
    private final ArrayDeque<Received> kept = new ArrayDeque<>();
    private volatile boolean recording = true;

    boolean recording() {
        return recording;
    }

    void recording(boolean on) {
        recording = on;
    }

    void received(Received call) {
        counters.computeIfAbsent(call.method(), _ -> new LongAdder()).increment();
        if (recording) {
            keep(call);
        }
    }

    private synchronized void keep(Received call) {
        if (kept.size() == KEPT) {
            kept.removeFirst();
        }
        kept.addLast(call);
        notifyAll();
    }

    long count(String method) {
        LongAdder counter = counters.get(method);
        return counter == null ? 0 : counter.sum();
    }

    long total() {
        return counters.values().stream().mapToLong(LongAdder::sum).sum();
    }

    synchronized List<Received> all() {
        return List.copyOf(kept);
    }

    List<Received> of(String method) {
        return all().stream().filter(call -> call.method().equals(method)).toList();
    }

    synchronized void forget() {
        kept.clear();
        counters.clear();
    }

    synchronized List<Received> await(String method, int calls, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        List<Received> found = of(method);
        while (found.size() < calls) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(
                        "expected %d calls of %s within %s, found %d".formatted(calls, method, atMost, found.size()));
            }
            wait(left / 1_000_000 + 1);
            found = of(method);
        }
        return found;
    }
}
