package dev.fairlead.data.transaction;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Threads for what would hold up an event loop: finding out who signed, and reading what is large. Few, and so are
/// those that wait for them.
public final class ExaminationWorkers implements AutoCloseable {
    private static final int MOST_WAITING = 1_000;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor threads;

    public ExaminationWorkers(int processors) {
        int most = Math.max(1, processors / 2);
        threads = new ThreadPoolExecutor(
                most,
                most,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().daemon().name("transactions-", 1).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// @return false when too many wait already
    boolean take(Runnable examination) {
        try {
            threads.execute(examination);
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
