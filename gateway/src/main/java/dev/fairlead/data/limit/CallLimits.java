package dev.fairlead.data.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.data.call.Call;
import io.github.bucket4j.BandwidthBuilder;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was taken of every limit lately, by whom. One for the whole gateway; may be used from any thread.
public final class CallLimits {
    /// Those that were not counted for longest are forgotten, so that nobody makes this grow by calling under many
    /// names. About 400 bytes each.
    static final int MOST_COUNTED = 50_000;

    private final TimeMeter clock;
    private final Cache<Counted, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_COUNTED)
            .executor(Runnable::run)
            .build();

    /// @param limit without its place in the file, so that a limit which comes or goes does not disturb the others
    /// @param subject what is counted apart, one text for each that [Limit#per] names
    private record Counted(Limit limit, List<String> subject) {}

    /// A limit that a call would exceed.
    ///
    /// @param nanos until it would not
    record Exceeded(Limit limit, long nanos) {}

    public CallLimits() {
        this(TimeMeter.SYSTEM_MILLISECONDS);
    }

    CallLimits(TimeMeter clock) {
        this.clock = clock;
    }

    /// How many are counted apart now.
    public long counted() {
        return buckets.estimatedSize();
    }

    /// Takes the call's credits from all limits that count it, or from none.
    ///
    /// @param credits 0 for a call that counts nothing
    /// @return null when there were enough; else the limit that lets it through last
    @Nullable
    Exceeded take(List<Limit> limits, Call call, long credits) {
        if (credits == 0) return null;
        List<Bucket> taken = new ArrayList<>(limits.size());
        Exceeded exceeded = null;
        for (Limit limit : limits) {
            if (!counts(limit, call)) continue;
            Bucket bucket = buckets.get(new Counted(limit.unnamed(), subject(limit, call)), _ -> bucket(limit));
            long nanos = exceeded == null ? take(bucket, credits, taken) : waitFor(bucket, credits);
            if (nanos > 0 && (exceeded == null || nanos > exceeded.nanos())) exceeded = new Exceeded(limit, nanos);
        }
        if (exceeded != null) taken.forEach(before -> before.addTokens(credits));
        return exceeded;
    }

    /// @return nanoseconds until there is enough; 0 when it was taken
    private static long take(Bucket bucket, long credits, List<Bucket> taken) {
        var probe = bucket.tryConsumeAndReturnRemaining(credits);
        if (!probe.isConsumed()) return Math.max(1, probe.getNanosToWaitForRefill());
        taken.add(bucket);
        return 0;
    }

    private static long waitFor(Bucket bucket, long credits) {
        return bucket.estimateAbilityToConsume(credits).getNanosToWaitForRefill();
    }

    private static boolean counts(Limit limit, Call call) {
        return limit.counts(call.method().name())
                && !limit.exempt().has(call.client().origin(), call.client().userAgent());
    }

    private static List<String> subject(Limit limit, Call call) {
        return switch (limit.per().size()) {
            case 0 -> List.of();
            case 1 -> List.of(text(limit.per().getFirst(), call));
            default -> limit.per().stream().map(per -> text(per, call)).toList();
        };
    }

    private static String text(Limit.Per per, Call call) {
        return switch (per) {
            case ADDRESS -> call.client().peer().address();
            case KEY -> key(call);
            case TENANT -> call.tenant().name();
            case CHAIN -> call.chain();
            case METHOD -> MethodTable.label(call.method().name());
        };
    }

    private static String key(Call call) {
        ApiKey key = call.client().key();
        return key == null ? call.tenant().name() : key.name();
    }

    private Bucket bucket(Limit limit) {
        return Bucket.builder()
                .withCustomTimePrecision(clock)
                .addLimit(bandwidth -> limit.isFixed() ? fixed(limit, bandwidth) : even(limit, bandwidth))
                .build();
    }

    private static BandwidthBuilder.BandwidthBuilderBuildStage even(
            Limit limit, BandwidthBuilder.BandwidthBuilderCapacityStage bandwidth) {
        return bandwidth.capacity(limit.burst()).refillGreedy(limit.credits(), limit.window());
    }

    private BandwidthBuilder.BandwidthBuilderBuildStage fixed(
            Limit limit, BandwidthBuilder.BandwidthBuilderCapacityStage bandwidth) {
        return bandwidth
                .capacity(limit.credits())
                .refillIntervallyAligned(limit.credits(), limit.window(), next(limit))
                .initialTokens(limit.credits());
    }

    /// When the present window ends.
    private Instant next(Limit limit) {
        long now = clock.currentTimeNanos() / 1_000_000;
        long window = limit.window().toMillis();
        return Instant.ofEpochMilli((now / window + 1) * window);
    }
}
