package dev.fairlead.data.limit;

import dev.fairlead.core.policy.Limit;
import dev.fairlead.data.call.CreditBucket;
import io.github.bucket4j.BandwidthBuilder.BandwidthBuilderBuildStage;
import io.github.bucket4j.BandwidthBuilder.BandwidthBuilderCapacityStage;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Instant;

/// Counts what this gateway alone lets through.
final class LocalBucket implements CreditBucket {
    private final Bucket bucket;

    LocalBucket(Limit limit, TimeMeter clock) {
        this.bucket = Bucket.builder()
                .withCustomTimePrecision(clock)
                .addLimit(bandwidth -> limit.isFixed() ? fixed(limit, bandwidth, clock) : even(limit, bandwidth))
                .build();
    }

    @Override
    public long take(long credits) {
        return bucket.tryConsume(credits) ? 0 : Math.max(1, waitFor(credits));
    }

    @Override
    public long waitFor(long credits) {
        return bucket.estimateAbilityToConsume(credits).getNanosToWaitForRefill();
    }

    @Override
    public void giveBack(long credits) {
        bucket.addTokens(credits);
    }

    @Override
    public Left left() {
        return new Left.Here(bucket.getAvailableTokens());
    }

    private static BandwidthBuilderBuildStage even(Limit limit, BandwidthBuilderCapacityStage bandwidth) {
        return bandwidth.capacity(limit.burst()).refillGreedy(limit.credits(), limit.window());
    }

    private static BandwidthBuilderBuildStage fixed(
            Limit limit, BandwidthBuilderCapacityStage bandwidth, TimeMeter clock) {
        return bandwidth
                .capacity(limit.credits())
                .refillIntervallyAligned(limit.credits(), limit.window(), next(limit, clock))
                .initialTokens(limit.credits());
    }

    /// When the present window ends.
    private static Instant next(Limit limit, TimeMeter clock) {
        long now = clock.currentTimeNanos() / 1_000_000;
        long window = limit.window().toMillis();
        return Instant.ofEpochMilli((now / window + 1) * window);
    }
}
