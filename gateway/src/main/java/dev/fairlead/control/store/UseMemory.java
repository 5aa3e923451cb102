package dev.fairlead.control.store;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fault.Supervised;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.usage.KeyUse;
import dev.fairlead.core.usage.UseCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes down what tenants and keys took of their day, in its own time and once more at the end, so that a
/// restart gives nobody a second day; and tells what was taken, written down or not. Past days are kept for
/// [#KEPT_DAYS]. A round ends with its day, so that what is counted in it belongs to one.
public final class UseMemory implements AutoCloseable {
    /// How many days are kept, today included.
    public static final int KEPT_DAYS = 35;

    /// How often it is looked for days that are nearly spent.
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Store store;
    private final StoredDays days;
    private final UseCounts counts;
    private final InstantSource clock;
    private final Duration round;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Faults faults;
    private final Supervised loop;
    private final ReentrantLock turn = new ReentrantLock();
    private List<KeyUse> unwritten = List.of();
    /// The day of the round.
    private LocalDate day;

    private LocalDate forgotten = LocalDate.MIN;
    private boolean hasFailed;

    /// @param counts what was counted of keys since it was taken from there
    public UseMemory(
            Store store,
            StoredDays days,
            UseCounts counts,
            InstantSource clock,
            Duration round,
            Supervisor supervisor) {
        this.store = store;
        this.days = days;
        this.counts = counts;
        this.clock = clock;
        this.round = round;
        this.day = today();
        this.faults = supervisor.faults();
        this.loop = supervisor.loop(Part.USE_MEMORY, Thread.ofVirtual().name("use-memory"), this::write);
    }

    public void start() {
        loop.start();
    }

    private void write() throws InterruptedException {
        while (!awaitNextRound()) writeNews();
        writeNews();
    }

    /// Until then, days that are nearly spent are written at once; not while the store fails.
    private boolean awaitNextRound() throws InterruptedException {
        long began = System.nanoTime();
        long atMost = untilNextRound().toNanos();
        while (System.nanoTime() - began < atMost) {
            if (closing.await(Math.min(LOOK_NANOS, atMost), TimeUnit.NANOSECONDS)) return true;
            if (!hasFailed && days.isPressing()) writeInTurn(days::write);
        }
        return closing.getCount() == 0;
    }

    private Duration untilNextRound() {
        Instant now = clock.instant();
        Instant tomorrow = day(now).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Duration rest = Duration.between(now, tomorrow);
        return rest.compareTo(round) < 0 ? rest : round;
    }

    /// What cannot be written now is news still at the next round.
    private void writeNews() {
        writeInTurn(() -> {
            count();
            days.write();
            if (!unwritten.isEmpty()) store.rememberUses(List.of(), unwritten);
            unwritten = List.of();
            if (forgotten.isBefore(day)) {
                store.forgetUses(first());
                forgotten = day;
            }
        });
    }

    private void writeInTurn(Runnable write) {
        turn.lock();
        try {
            write.run();
            hasFailed = false;
        } catch (StoreFailure failure) {
            hasFailed = true;
            faults.fault(Part.USE_MEMORY, "what tenants took of their day cannot be written down", failure);
        } finally {
            turn.unlock();
        }
    }

    /// Takes what was counted in this round, and begins the next.
    private void count() {
        unwritten = together(unwritten, counts.take(day, clock.instant()), Function.identity());
        day = today();
    }

    /// What tenants took, in credits and in calls, from the first day that is kept on; by tenant and day.
    ///
    /// @param tenant null for all
    public TenantDays tenants(LocalDate first, @Nullable String tenant) {
        turn.lock();
        try {
            count();
            List<KeyUse> news = unwritten.stream()
                    .filter(use -> isOf(tenant, use) && !use.day().isBefore(first))
                    .toList();
            return new TenantDays(
                    newest(store.uses(first, tenant), tenant),
                    together(store.tenantUses(first, tenant), news, UseMemory::ofTenant));
        } finally {
            turn.unlock();
        }
    }

    /// Tenants with calls that were refused today for that reason, as far as that was written down.
    public List<String> refusedToday(String reason) {
        return store.tenantUses(today(), null).stream()
                .filter(use -> use.refused().containsKey(reason))
                .map(KeyUse::tenant)
                .toList();
    }

    /// What tenants have taken of today, in credits.
    public List<DayUse> credits() {
        return days.now();
    }

    /// What keys took today, by tenant and alias.
    ///
    /// @param tenant null for all
    public List<KeyUse> keys(@Nullable String tenant, KeyPlace after, int limit) {
        turn.lock();
        try {
            count();
            LocalDate today = day;
            List<KeyUse> news = unwritten.stream()
                    .filter(use -> isOf(tenant, use) && !use.key().equals(KeyUse.ALL))
                    .map(use -> use.day().equals(today) ? use : use.onAnother(today))
                    .filter(use -> place(use).compareTo(after) > 0)
                    .toList();
            return together(store.keyUses(today, tenant, after, limit), news, Function.identity()).stream()
                    .limit(limit)
                    .toList();
        } finally {
            turn.unlock();
        }
    }

    public LocalDate today() {
        return day(clock.instant());
    }

    /// The first day that is kept.
    public LocalDate first() {
        return today().minusDays(KEPT_DAYS - 1);
    }

    private static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private static boolean isOf(@Nullable String tenant, KeyUse use) {
        return tenant == null || tenant.equals(use.tenant());
    }

    private static KeyUse ofTenant(KeyUse use) {
        return KeyUse.none(use.tenant(), KeyUse.ALL, use.day()).plus(use);
    }

    private static KeyPlace place(KeyUse use) {
        return new KeyPlace(use.tenant(), use.key());
    }

    private record Counted(KeyPlace key, LocalDate day) implements Comparable<Counted> {
        @Override
        public int compareTo(Counted other) {
            int byKey = key.compareTo(other.key);
            return byKey == 0 ? day.compareTo(other.day) : byKey;
        }
    }

    private static List<KeyUse> together(
            Collection<KeyUse> some, Collection<KeyUse> more, Function<KeyUse, KeyUse> under) {
        if (more.isEmpty()) return List.copyOf(some);
        Map<Counted, KeyUse> all = new TreeMap<>();
        for (Collection<KeyUse> part : List.of(some, more)) {
            for (KeyUse each : part) {
                KeyUse use = under.apply(each);
                all.merge(new Counted(place(use), use.day()), use, KeyUse::plus);
            }
        }
        return List.copyOf(all.values());
    }

    /// Today's as they are counted now, in the place of those that were written down, unless others wrote more.
    private List<DayUse> newest(List<DayUse> stored, @Nullable String tenant) {
        var all = new TreeMap<Counted, DayUse>();
        var now = new ArrayList<>(stored);
        for (DayUse use : days.now()) if (tenant == null || tenant.equals(use.tenant())) now.add(use);
        for (DayUse use : now) {
            all.merge(
                    new Counted(new KeyPlace(use.tenant(), KeyUse.ALL), use.day()),
                    use,
                    (one, other) -> one.credits() > other.credits() ? one : other);
        }
        return List.copyOf(all.values());
    }

    /// Writes what is not yet written, and ends. To be called before the store is closed.
    @Override
    public void close() {
        closing.countDown();
        loop.finish();
    }
}
