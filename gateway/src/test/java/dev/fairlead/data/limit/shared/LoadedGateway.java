package dev.fairlead.data.limit.shared;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.RedisState;
import dev.fairlead.data.call.CreditBucket;
import dev.fairlead.data.limit.DailyUse;
import dev.fairlead.support.QuietEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// The limits of one of several gateways, and callers who ask more of one of them than they may.
final class LoadedGateway implements AutoCloseable {
    final List<String> told = new ArrayList<>();

    private final SharedLimits shared;
    private final Map<Limit, CreditBucket> buckets = new HashMap<>();
    private final ConcurrentLinkedQueue<Long> passed = new ConcurrentLinkedQueue<>();
    private volatile boolean isLoaded = true;
    private final List<Thread> callers = new ArrayList<>();

    LoadedGateway(String url, int gateways) {
        var events = new QuietEvents() {
            @Override
            public void redis(boolean isReached, String reason) {
                told.add(isReached ? "reached" : reason);
            }
        };
        var dailyUse = new DailyUse(InstantSource.system(), events);
        var config = new RedisConfig(
                Objects.requireNonNull(RedisAddress.parse(url)), null, null, "test", Duration.ofMillis(500), gateways);
        this.shared = SharedLimits.of(
                config,
                Objects.requireNonNull(config.address()),
                dailyUse,
                events,
                InstantSource.system(),
                new Supervisor(Faults.TO_LOG));
        shared.start(Duration.ofSeconds(10));
    }

    boolean isReached() {
        return shared.isReached();
    }

    RedisState state() {
        return shared.state();
    }

    int gateways() {
        return shared.gateways();
    }

    CreditBucket bucket(Limit limit, String subject) {
        return shared.bucket(limit.identified(), subject);
    }

    /// @param pauseMillis between two calls
    void load(Limit limit, long pauseMillis) {
        CreditBucket bucket = buckets.computeIfAbsent(limit, key -> bucket(key, "caller"));
        callers.add(Thread.ofVirtual().start(() -> {
            while (isLoaded) {
                if (bucket.take(1) == 0) passed.add(System.nanoTime());
                LockSupport.parkNanos(pauseMillis * 1_000_000);
            }
        }));
    }

    /// Calls that passed in that time, by [System#nanoTime].
    long passed(long from, long to) {
        return passed.stream().filter(at -> at >= from && at < to).count();
    }

    @Override
    public void close() {
        isLoaded = false;
        try {
            for (Thread caller : callers) caller.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        shared.close();
    }
}
