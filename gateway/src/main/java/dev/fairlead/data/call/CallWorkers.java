package dev.fairlead.data.call;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.data.call.Answer.Refused;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Threads for what would hold up an event loop: reading large params, and finding out who signed. Few, and so
/// are the calls that wait for them.
public final class CallWorkers implements AutoCloseable {
    /// Bytes of JSON that are read in some microseconds.
    private static final int SMALL = 32 * 1024;

    private static final int MOST_WAITING = 1_000;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor threads;
    private final Faults faults;

    public CallWorkers(int processors, Faults faults) {
        this.faults = faults;
        int most = Math.max(1, processors / 2);
        threads = new ThreadPoolExecutor(
                most,
                most,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().daemon().name("calls-", 1).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// Whether the call's params may be read on its event loop.
    public static boolean isSmall(Call call) {
        return call.request().params().size() <= SMALL;
    }

    /// Has something worked out elsewhere; the call goes on at its event loop.
    ///
    /// @param work changes nothing of the call
    /// @param then gets what it gave, unless the client has gone
    /// @param back gets a refusal where too many wait already, or where the work meets a fault
    public <T> void work(Call call, Supplier<T> work, Consumer<T> then, Consumer<Answer> back) {
        if (take(() -> worked(call, work, then, back))) return;
        String detail = "more calls are being checked than can be at once; try again in a second";
        back.accept(new Refused(Refusal.OVERLOADED, detail));
    }

    /// @return false when too many wait already
    public boolean take(Runnable work) {
        try {
            threads.execute(work);
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    private <T> void worked(Call call, Supplier<T> work, Consumer<T> then, Consumer<Answer> back) {
        try {
            T given = work.get();
            onLoop(call, () -> {
                if (!call.isAbandoned()) then.accept(given);
            });
        } catch (RuntimeException | Error bug) {
            faults.fault(Part.CLIENTS, "the check of a call met a fault", bug);
            String detail = "an unexpected fault while the call was checked; the gateway's log tells more";
            onLoop(call, () -> back.accept(new Refused(Refusal.INTERNAL, detail)));
        }
    }

    /// Does something at the call's event loop, soon.
    public static void onLoop(Call call, Runnable then) {
        try {
            call.loop().execute(then);
        } catch (RejectedExecutionException _) {
            // the event loop has ended, and its calls with it
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
