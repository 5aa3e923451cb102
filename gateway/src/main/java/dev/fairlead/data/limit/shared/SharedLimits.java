package dev.fairlead.data.limit.shared;

import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fault.Supervised;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.policy.Limit;
import dev.fairlead.core.policy.RedisState;
import dev.fairlead.core.telemetry.Events;
import dev.fairlead.data.call.CreditBucket;
import dev.fairlead.data.limit.DailyUse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Shares limits and days of tenants with other gateways: one loop tells Redis what was taken, and leases credits,
/// of many buckets in one round trip.
public final class SharedLimits implements CreditBucket.Source, AutoCloseable {
    /// Of one round trip: Redis does nothing else meanwhile.
    private static final int MOST_AT_ONCE = 256;

    private static final long GATHERED_NANOS = TimeUnit.MILLISECONDS.toNanos(8);
    private static final long TICK_MILLIS = 100;
    private static final long SHORT_TICK_MILLIS = 20;
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RedisScripts redis;
    private final DailyUse dailyUse;
    private final Events events;
    private final LeaseKeys keys;
    private final LeaseBatch batches;
    private final ToldDays days;
    private final Supervised loop;
    private final LinkedBlockingQueue<LeasedBucket> asking = new LinkedBlockingQueue<>();
    private final Set<LeasedBucket> leasing = new HashSet<>();
    private final SharedView view;
    private final String address;
    private final InstantSource clock;
    private volatile boolean closing;
    private volatile Standing standing = new Standing(false, null, null);
    private long lastHeard = System.nanoTime() - HEARTBEAT_NANOS;

    /// @param since null before the first try has ended
    private record Standing(
            boolean isReached,
            @Nullable Instant since,
            @Nullable String fault) {}

    private SharedLimits(
            RedisConfig config,
            RedisAddress address,
            DailyUse dailyUse,
            Events events,
            InstantSource clock,
            Supervisor supervisor) {
        this.address = address.toString();
        this.clock = clock;
        this.redis = new RedisLink(config, address);
        this.dailyUse = dailyUse;
        this.events = events;
        this.keys = new LeaseKeys(config.prefix());
        this.batches = new LeaseBatch(keys);
        this.days = new ToldDays(redis, keys, dailyUse);
        this.view = new SharedView(config.gateways(), asking::add);
        dailyUse.keepToPart(config.gateways());
        this.loop = supervisor.loop(Part.SHARED_LIMITS, Thread.ofVirtual().name("shared-limits"), this::run);
    }

    public static SharedLimits of(
            RedisConfig config,
            RedisAddress address,
            DailyUse dailyUse,
            Events events,
            InstantSource clock,
            Supervisor supervisor) {
        return new SharedLimits(config, address, dailyUse, events, clock, supervisor);
    }

    /// Tries to reach Redis, for a while, so that a start with Redis begins with what is left there.
    public void start(Duration atMost) {
        loop.start();
        view.await(atMost);
    }

    @Override
    public CreditBucket bucket(Limit.Identified limit, String subject) {
        return new LeasedBucket(limit.limit(), keys.bucket(limit.identity(), subject), view);
    }

    public boolean isReached() {
        return view.isReached();
    }

    /// How many gateways share the limits, as far as it is known.
    public int gateways() {
        return view.gateways();
    }

    public RedisState state() {
        Standing now = standing;
        return new RedisState(address, now.isReached(), now.since(), view.gateways(), now.fault());
    }

    private void run() throws InterruptedException {
        while (!closing) {
            List<LeasedBucket> buckets = gather();
            long now = System.nanoTime();
            if (buckets.isEmpty() && now - lastHeard < HEARTBEAT_NANOS && !days.isDue(now)) continue;
            exchange(buckets);
        }
        giveAllBack();
    }

    /// Those that ask, and those that no longer use what they leased.
    private List<LeasedBucket> gather() throws InterruptedException {
        var gathered = new ArrayList<LeasedBucket>();
        LeasedBucket first = asking.poll(dailyUse.isUntold() ? SHORT_TICK_MILLIS : TICK_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
            gathered.add(first);
            LockSupport.parkNanos(GATHERED_NANOS);
            asking.drainTo(gathered, MOST_AT_ONCE - 1);
        }
        long now = view.nanos();
        for (LeasedBucket bucket : leasing) {
            if (gathered.size() >= MOST_AT_ONCE) break;
            if (bucket.isIdle(now) && !gathered.contains(bucket)) gathered.add(bucket);
        }
        return gathered;
    }

    private void exchange(List<LeasedBucket> buckets) throws InterruptedException {
        List<LeaseRequest> requests =
                buckets.stream().map(LeasedBucket::request).toList();
        try {
            long asked = System.nanoTime();
            LeaseBatch.Answer answer = batches.read(
                    requests.size(), redis.run(LeaseBatch.SCRIPT, batches.keys(requests), batches.arguments(requests)));
            lastHeard = System.nanoTime();
            view.heard(answer.gateways(), answer.millis(), asked + (lastHeard - asked) / 2);
            for (int i = 0; i < buckets.size(); i++) {
                buckets.get(i).granted(requests.get(i), answer.grants().get(i));
                if (buckets.get(i).isLeased()) leasing.add(buckets.get(i));
                else leasing.remove(buckets.get(i));
            }
            dailyUse.shareAmong(view.gateways());
            days.share(System.nanoTime(), view.gateways());
            tell(true, null);
        } catch (RedisGone gone) {
            view.lost();
            dailyUse.keepToPart(view.gateways());
            lastHeard = System.nanoTime();
            buckets.forEach(LeasedBucket::failed);
            leasing.clear();
            tell(false, String.valueOf(gone.getMessage()));
            if (!closing) TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        }
    }

    private void tell(boolean isReached, @Nullable String fault) {
        Standing before = standing;
        boolean isNew = before.since() == null || before.isReached() != isReached;
        Instant since = isNew ? clock.instant().truncatedTo(ChronoUnit.SECONDS) : before.since();
        standing = new Standing(isReached, since, fault == null ? null : withoutAddress(fault));
        if (isNew) events.redis(isReached, fault == null ? "" : fault);
    }

    /// It is shown beside the address.
    private String withoutAddress(String fault) {
        String prefix = address + ": ";
        return fault.startsWith(prefix) ? fault.substring(prefix.length()) : fault;
    }

    /// So that others may use it, and what was taken of days is not lost.
    private void giveAllBack() throws InterruptedException {
        if (!view.isReached()) return;
        days.leave();
        leasing.forEach(LeasedBucket::leave);
        exchange(leasing.stream().limit(MOST_AT_ONCE).toList());
    }

    @Override
    public void close() {
        closing = true;
        loop.finish();
        redis.close();
    }
}
