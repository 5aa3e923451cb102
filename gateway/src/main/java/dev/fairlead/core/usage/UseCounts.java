package dev.fairlead.core.usage;

import dev.fairlead.core.telemetry.Events.CallEnded;
import dev.fairlead.core.telemetry.Events.Ending;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts ended calls by tenant and key, until they are taken to be written down. Counts nothing while nobody
/// has a key.
/// What has not called for an hour is forgotten, so that there are no more entries than keys that call. May be
/// used from any thread.
public final class UseCounts {
    private static final String UNKNOWN = "other";
    private static final long IDLE_SECONDS = 3_600;

    /// Why a call is refused whose key is not valid any more: that is no use of the key.
    private static final String UNAUTHORIZED = "unauthorized";

    private final Map<String, Map<String, Counts>> counts = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private volatile boolean isCounting;

    public UseCounts(InstantSource clock) {
        this.clock = clock;
    }

    /// Whether to count from now on.
    public void count(boolean isWanted) {
        isCounting = isWanted;
    }

    public void ended(CallEnded call) {
        if (!isCounting) return;
        String key = call.key() == null ? KeyUse.ALL : call.key();
        of(call.tenant(), key).add(call, clock.millis() / 1_000);
    }

    private Counts of(String tenant, String key) {
        Map<String, Counts> keys = counts.get(tenant);
        if (keys == null) keys = counts.computeIfAbsent(tenant, _ -> new ConcurrentHashMap<>());
        Counts found = keys.get(key);
        return found == null ? keys.computeIfAbsent(key, _ -> new Counts()) : found;
    }

    /// What was counted since the last time.
    ///
    /// @param day to which it belongs
    public List<KeyUse> take(LocalDate day, Instant now) {
        var taken = new ArrayList<KeyUse>();
        counts.forEach((tenant, keys) -> {
            keys.forEach((key, count) -> {
                KeyUse use = count.take(tenant, key, day, now);
                if (!use.isNone()) taken.add(use);
                else if (count.isIdle(now)) keys.remove(key);
            });
            if (keys.isEmpty()) counts.remove(tenant, Map.of());
        });
        return taken;
    }

    /// How many keys are counted.
    int size() {
        return counts.values().stream().mapToInt(Map::size).sum();
    }

    private static final class Counts {
        private final LongAdder answered = new LongAdder();
        private final LongAdder credits = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final Map<String, LongAdder> refused = new ConcurrentHashMap<>(4);
        /// In seconds since 1970; 0 for none since the last time.
        private volatile long usedAt;

        private Instant lastTaken = Instant.MAX;

        /// @param second in which it ended
        void add(CallEnded call, long second) {
            if (usedAt < second && !UNAUTHORIZED.equals(call.refusal())) usedAt = second;
            if (call.credits() > 0) credits.add(call.credits());
            if (call.outcome() == Ending.SERVED || call.outcome() == Ending.OBJECTED) answered.increment();
            else if (call.outcome() == Ending.FAILED) failed.increment();
            else {
                String reason = call.refusal() == null ? UNKNOWN : call.refusal();
                refused.computeIfAbsent(reason, _ -> new LongAdder()).increment();
            }
        }

        /// Called by one thread at a time.
        KeyUse take(String tenant, String key, LocalDate day, Instant now) {
            var reasons = new HashMap<String, Long>();
            refused.forEach((reason, calls) -> {
                long taken = calls.sumThenReset();
                if (taken > 0) reasons.put(reason, taken);
            });
            long used = usedAt;
            usedAt = 0;
            var use = new KeyUse(
                    tenant,
                    key,
                    day,
                    answered.sumThenReset(),
                    failed.sumThenReset(),
                    reasons,
                    credits.sumThenReset(),
                    used == 0 ? null : Instant.ofEpochSecond(used));
            if (!use.isNone() || lastTaken.equals(Instant.MAX)) lastTaken = now;
            return use;
        }

        boolean isIdle(Instant now) {
            return now.getEpochSecond() - lastTaken.getEpochSecond() > IDLE_SECONDS;
        }
    }
}
