package dev.fairlead.data.limit.shared;

import dev.fairlead.core.policy.Limit;
import dev.fairlead.data.call.CreditBucket;
import dev.fairlead.data.limit.shared.LeasedBucket.Partners;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Several gateways that share one bucket over a Redis, by a clock of milliseconds that a test moves.
final class TimedGateways {
    static final long MILLI = 1_000_000;

    private static final long BEGIN = 1_700_000_000_000L;
    private static final long GATHERED = 8;
    private static final long TIMEOUT = 500;
    private static final long PAUSE = 100;

    private final TimedRedis redis;
    private final Limit limit;
    private final String key;
    private final long latency;
    private final List<Gateway> gateways = new ArrayList<>();
    private final Random random = new Random(7);
    private long millis = BEGIN;
    boolean isGone;
    /// It does what it is asked, and answers too late.
    boolean isLate;

    TimedGateways(TimedRedis redis, Limit limit, String key, int count, long latency) {
        this.redis = redis;
        this.limit = limit;
        this.key = key;
        this.latency = latency;
        for (int i = 0; i < count; i++) gateways.add(new Gateway(count));
        run(50 + 2 * latency);
    }

    /// @return how many credits passed
    long take(int gateway, long credits, int calls) {
        long passed = 0;
        for (int i = 0; i < calls; i++) if (gateways.get(gateway).bucket.take(credits) == 0) passed += credits;
        return passed;
    }

    /// Milliseconds until there is enough.
    long waitFor(int gateway, long credits) {
        return gateways.get(gateway).bucket.waitFor(credits) / MILLI;
    }

    CreditBucket.Left left(int gateway) {
        return gateways.get(gateway).bucket.left();
    }

    int some() {
        return random.nextInt(gateways.size());
    }

    void run(long forMillis) {
        for (long end = millis + forMillis; millis < end; millis++) gateways.forEach(Gateway::step);
    }

    private final class Gateway implements Partners {
        private final int count;
        private final LeaseBatch batch = new LeaseBatch(new LeaseKeys(key));
        private boolean isAsking;
        private boolean isReached = true;
        private final LeasedBucket bucket = new LeasedBucket(limit, key + ":bucket", this);
        private List<LeasedBucket> asked = List.of();
        private List<LeaseRequest> requests = List.of();
        private LeaseBatch.Answer answer = new LeaseBatch.Answer(1, 0, List.of());
        private Phase phase = Phase.WAITING;
        private long next;

        Gateway(int count) {
            this.count = count;
            this.next = millis;
        }

        void step() {
            if (millis < next) return;
            try {
                act();
            } catch (RedisGone gone) {
                throw new IllegalStateException(gone);
            }
        }

        private void act() throws RedisGone {
            switch (phase) {
                case WAITING -> {
                    boolean isIdle = isReached && bucket.isIdle(nanos());
                    boolean isBeating = millis - next >= 1_000 || !isReached;
                    if (isAsking || isIdle || isBeating) go(Phase.GATHERING, GATHERED);
                }
                case GATHERING -> {
                    asked = !isAsking && !bucket.isIdle(nanos()) ? List.of() : List.of(bucket);
                    isAsking = false;
                    requests = asked.stream().map(LeasedBucket::request).toList();
                    go(Phase.SENT, latency / 2);
                }
                case SENT -> {
                    if (isGone) {
                        go(Phase.UNANSWERED, TIMEOUT);
                        return;
                    }
                    answer = batch.read(
                            requests.size(), redis.run(batch.keys(requests), batch.arguments(requests), millis));
                    go(isLate ? Phase.UNANSWERED : Phase.ANSWERED, isLate ? TIMEOUT : latency - latency / 2);
                }
                case ANSWERED -> {
                    isReached = true;
                    for (int i = 0; i < asked.size(); i++)
                        asked.get(i).granted(requests.get(i), answer.grants().get(i));
                    go(Phase.WAITING, 0);
                }
                case UNANSWERED -> {
                    isReached = false;
                    asked.forEach(LeasedBucket::failed);
                    go(Phase.WAITING, PAUSE);
                }
            }
        }

        private void go(Phase to, long after) {
            phase = to;
            next = millis + after;
        }

        @Override
        public boolean isReached() {
            return isReached;
        }

        @Override
        public int gateways() {
            return count;
        }

        @Override
        public long nanos() {
            return millis * MILLI;
        }

        @Override
        public long millis(long nanos) {
            return nanos / MILLI;
        }

        @Override
        public void ask(LeasedBucket asking) {
            isAsking = true;
        }
    }

    private enum Phase {
        WAITING,
        GATHERING,
        SENT,
        ANSWERED,
        UNANSWERED
    }
}
