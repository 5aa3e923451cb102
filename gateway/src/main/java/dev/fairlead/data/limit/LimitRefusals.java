package dev.fairlead.data.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.data.call.Answer.Refused;
import dev.fairlead.data.call.Call;
import dev.fairlead.data.call.Refusal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.function.LongSupplier;

/// What a caller is told who has too few credits: when to come again, how often it may call, and how often it
/// does. May be used from any thread.
final class LimitRefusals {
    private static final long SECOND = 1_000_000_000;
    private static final long WINDOW = 10 * SECOND;
    private static final int MOST_COUNTED = 10_000;

    private final LongSupplier nanoTime;
    private final Cache<Refusee, Count> counts = Caffeine.newBuilder()
            .maximumSize(MOST_COUNTED)
            .executor(Runnable::run)
            .build();

    private record Refusee(String limit, String tenant, String address) {}

    LimitRefusals(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// @param nanos until the limit would let it through
    /// @param credits that the call would have taken
    Refused exceeded(Limit limit, long nanos, Call call, long credits) {
        double allowed = limit.credits() * 1e9 / limit.window().toNanos() / credits;
        Slice rate = rate(allowed, allowed + refusedPerSecond(limit.key(), call));
        if (nanos == Long.MAX_VALUE) {
            return new Refused(
                    Refusal.LIMITED,
                    "a call of this method takes more credits than you may ever take at once",
                    rate,
                    Duration.ZERO);
        }
        Duration wait = Duration.ofSeconds(Math.max(1, (nanos + SECOND - 1) / SECOND));
        return new Refused(
                Refusal.LIMITED,
                "you have called too often for now; try again in " + wait.toSeconds() + " s",
                rate,
                wait);
    }

    Refused daySpent(String limit, Call call, Duration untilTomorrow) {
        return new Refused(Refusal.DAY_SPENT, DailyUse.SPENT, rate(0, refusedPerSecond(limit, call)), untilTomorrow);
    }

    /// Something is left of the day, and gateways have not agreed about it yet.
    Refused dayShared(String limit, Call call, Duration wait) {
        return new Refused(
                Refusal.LIMITED,
                "gateways are counting what is left of your day; try again in " + wait.toSeconds() + " s",
                rate(1, 1 + refusedPerSecond(limit, call)),
                wait);
    }

    /// Of calls like this one.
    private static Slice rate(double allowed, double current) {
        return Slice.of("{\"allowed_rps\":" + number(allowed) + ",\"current_rps\":" + number(current) + "}");
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private double refusedPerSecond(String limit, Call call) {
        var refusee =
                new Refusee(limit, call.tenant().name(), call.client().peer().address());
        return counts.get(refusee, _ -> new Count()).next(nanoTime.getAsLong());
    }

    /// Over ten seconds at the most.
    private static final class Count {
        private long since;
        private long calls;

        synchronized double next(long now) {
            if (calls == 0 || now - since > WINDOW) {
                since = now;
                calls = 0;
            }
            calls++;
            return calls * 1e9 / Math.max(SECOND, now - since);
        }
    }
}
