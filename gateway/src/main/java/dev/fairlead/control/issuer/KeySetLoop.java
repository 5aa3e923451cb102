package dev.fairlead.control.issuer;

import dev.fairlead.control.issuer.FetchResult.Failed;
import dev.fairlead.control.issuer.FetchResult.Fetched;
import dev.fairlead.core.fault.Backoff;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fault.Supervised;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.jsonrpc.Counted;
import dev.fairlead.core.jwt.KeySetState;
import dev.fairlead.core.jwt.KeySetUrl;
import dev.fairlead.core.jwt.TokenKey;
import dev.fairlead.core.secret.MaskedUrl;
import dev.fairlead.core.telemetry.Events;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/// Fetches one set of keys: at once, from time to time, and sooner after a failure or when a token names a key that is
/// not known.
///
/// ```
/// fetching ──▶ waiting ──▶ fetching …
///               until the time is over, or a `kid` is not known
/// ```
final class KeySetLoop {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final long BETWEEN_EARLY = TimeUnit.MINUTES.toNanos(1);

    private final KeySetUrl from;
    private final KeySetFetch fetch;
    private final BiConsumer<KeySetUrl, List<TokenKey>> fetched;
    private final Events events;
    private final InstantSource clock;
    private final Supervised loop;
    private final Semaphore early = new Semaphore(0);
    private final AtomicLong nextEarly = new AtomicLong(System.nanoTime());
    private final CountDownLatch first = new CountDownLatch(1);
    private volatile KeySetNeed need;
    private volatile KeySetState state = KeySetState.NEW;
    private List<TokenKey> last = List.of();

    KeySetLoop(
            KeySetUrl from,
            KeySetNeed need,
            KeySetFetch fetch,
            BiConsumer<KeySetUrl, List<TokenKey>> fetched,
            Events events,
            InstantSource clock,
            Supervisor supervisor) {
        this.from = from;
        this.need = need;
        this.fetch = fetch;
        this.fetched = fetched;
        this.events = events;
        this.clock = clock;
        this.loop = supervisor.loop(Part.TOKEN_KEYS, Thread.ofVirtual().name("token keys"), this::keepFetching);
    }

    void start() {
        loop.start();
    }

    void stop() {
        loop.stop();
    }

    void need(KeySetNeed now) {
        boolean isSooner = now.refresh().compareTo(need.refresh()) < 0;
        need = now;
        if (isSooner) early.release();
    }

    List<String> tenants() {
        return need.tenants();
    }

    KeySetState state() {
        return state;
    }

    /// A token names a key that is not among these. May be called for every call there is.
    void unknownKid() {
        long now = System.nanoTime();
        long next = nextEarly.get();
        if (now - next < 0 || !nextEarly.compareAndSet(next, now + BETWEEN_EARLY)) return;
        early.release();
    }

    /// @return false when it was not even tried once within that time
    boolean awaitFirst(long nanos) throws InterruptedException {
        return first.await(nanos, TimeUnit.NANOSECONDS);
    }

    private void keepFetching() throws InterruptedException {
        while (true) {
            early.drainPermits();
            ended(fetch.fetch(from));
            first.countDown();
            boolean _ = early.tryAcquire(pause(), TimeUnit.NANOSECONDS);
        }
    }

    private long pause() {
        Duration refresh = need.refresh();
        int failures = state.inARow();
        long nanos = failures == 0 ? refresh.toNanos() : new Backoff(FIRST_PAUSE, refresh).nanos(failures);
        return Backoff.jittered(nanos, ThreadLocalRandom.current().nextDouble());
    }

    private void ended(FetchResult result) {
        KeySetState before = state;
        switch (result) {
            case Fetched(var keys) -> {
                boolean isSame = new HashSet<>(keys).equals(new HashSet<>(last));
                if (!isSame) {
                    fetched.accept(from, keys);
                    last = keys;
                }
                state = before.fetched(keys.size(), clock.instant());
                String many = Counted.of(keys.size(), "key");
                if (before.goodAt() == null) tell(false, "are there: " + many);
                else if (!isSame) tell(false, "have changed: " + many);
                else if (before.fault() != null) tell(false, "can be fetched again");
            }
            case Failed(var why) -> {
                state = before.failed(why);
                if (!before.isTold(why)) tell(true, "cannot be fetched: " + why + "; " + meanwhile(before));
            }
        }
    }

    private static String meanwhile(KeySetState before) {
        return before.goodAt() == null
                ? "tokens that need them are refused until they are there"
                : "those that were fetched last are kept";
    }

    private void tell(boolean isFault, String what) {
        events.tokenKeys(need.names(), MaskedUrl.url(from.url()), isFault, what);
    }
}
