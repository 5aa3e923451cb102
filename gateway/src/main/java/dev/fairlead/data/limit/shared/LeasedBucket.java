package dev.fairlead.data.limit.shared;

import dev.fairlead.core.policy.Limit;
import dev.fairlead.data.call.CreditBucket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// What this gateway may let through of one bucket that it shares with others.
///
/// ```
///            Redis is gone
///  leasing ────────────────▶ alone: its part of the limit
///     ▲                        │
///     └── the first answer of ─┘
///         Redis that is back
/// ```
///
/// While leasing, calls take what was leased. A lease is asked for before the last one is used up. A call that
/// finds none is let through all the same, for this gateway's part of what should be there, and Redis is told
/// afterwards.
final class LeasedBucket implements CreditBucket {
    /// An unused lease goes back after this time.
    static final long LEASE = TimeUnit.MILLISECONDS.toNanos(500);

    /// One that a heavy call waits for: whoever is told to come back in a second finds it.
    private static final long HELD = TimeUnit.MILLISECONDS.toNanos(2000);

    /// Of what should be there, whatever the part is: a batch of somebody who comes from another gateway passes.
    private static final double LEAST_PART = 0.25;

    /// Of the whole, with so much there it counts as full.
    private static final double FULL = 0.9;

    /// Of a fixed window: what all gateways together may take too much.
    private static final double OVERDRAWN = 20;

    /// Of this gateway's part of what is left in a fixed window: what it takes without a lease.
    private static final double AHEAD = 4;

    /// Asking takes time: a bucket that fills up meanwhile would lose some of its rate.
    private static final long LEAST_BURST = TimeUnit.MILLISECONDS.toNanos(25);

    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private final Limit limit;
    private final String key;
    private final Partners partners;
    private final double perNano;
    private final double most;
    private final double smallestSlice;
    private final double largestSlice;

    private final TakenParts parts = new TakenParts();
    private String born = "";
    /// Of the request that is made next: Redis knows by it that an answer was not heard.
    private int turn = ThreadLocalRandom.current().nextInt();
    private boolean isAlone;
    private boolean isAsking;
    private double leased;
    /// Taken without a lease, and not yet known to Redis.
    private double owed;
    /// What Redis had beside when it was last heard.
    private double left;
    private long leftAt;
    private double slice;
    private double needed;
    /// Of a fixed window, since a lease was last asked for: those calls come again, and find theirs.
    private double refused;
    private long usedAt;
    private long heldUntil;
    private long grantedAt;
    private long nextAsk;
    private long windowEnds;
    private double own;
    private long ownAt;
    /// Taken and not known to Redis, less what was leased and not used.
    private double spentAlone;
    /// Of the request that is under way.
    private double sentDebit;
    private double sentBack;
    private double sentAlone;

    /// What all buckets of this gateway know of the others.
    interface Partners {
        boolean isReached();

        /// How many gateways there are, this one included.
        int gateways();

        long nanos();

        /// By the clock of Redis, since 1970.
        long millis(long nanos);

        /// Has Redis asked for a lease, soon.
        void ask(LeasedBucket bucket);
    }

    LeasedBucket(Limit limit, String key, Partners partners) {
        this.limit = limit;
        this.key = key;
        this.partners = partners;
        this.perNano = (double) limit.credits() / limit.window().toNanos();
        this.most = Math.max((double) limit.most(), limit.isFixed() ? 0 : perNano * LEAST_BURST);
        this.smallestSlice = Math.max(1, most / 50);
        this.largestSlice = Math.max(1, most / 8);
        this.slice = smallestSlice;
        this.left = most;
        long now = partners.nanos();
        this.leftAt = now;
        this.usedAt = now;
        this.heldUntil = now;
        this.grantedAt = now - LEASE;
        this.nextAsk = now;
        this.windowEnds = windowEnd(now);
        if (!partners.isReached()) goAlone(now);
    }

    @Override
    public synchronized long take(long credits) {
        if (credits > limit.most()) return Long.MAX_VALUE;
        long now = partners.nanos();
        settle(now);
        long usedBefore = usedAt;
        usedAt = now;
        if (isAlone) {
            if (partners.isReached()) ask();
            return takeOwn(credits, now);
        }
        if (leased >= credits) {
            leased -= credits;
            if (leased < slice / 2 && now >= nextAsk) ask();
            return 0;
        }
        if (mayOwe(credits - leased, now)) {
            owed += credits - leased;
            leased = 0;
            ask();
            return 0;
        }
        needed = Math.max(needed, (double) credits);
        if (isStrict()) {
            refused = Math.min(most, refused + credits);
            usedAt = usedBefore; // a lease that is too small for all that comes goes back
        }
        if (now >= nextAsk) ask();
        return Math.max(1, waitFor(credits, now));
    }

    @Override
    public synchronized long waitFor(long credits) {
        if (credits > limit.most()) return Long.MAX_VALUE;
        long now = partners.nanos();
        settle(now);
        return waitFor(credits, now);
    }

    @Override
    public synchronized void giveBack(long credits) {
        if (isAlone) {
            own += credits;
            spentAlone -= credits;
        } else {
            leased += credits;
        }
    }

    /// Others may have taken of it since Redis was last asked.
    @Override
    public synchronized Left left() {
        long now = partners.nanos();
        settle(now);
        if (isAlone) {
            accrue(now);
            return new Left.OfPart((long) Math.max(0, own));
        }
        if (born.isEmpty()) return new Left.NotHeard();
        return new Left.OfAll((long) Math.clamp(leased + there(now) - owed, 0, most));
    }

    /// A lease that nobody has used for a while.
    synchronized boolean isIdle(long now) {
        return leased > 0 && now - usedAt >= LEASE && now >= heldUntil;
    }

    /// Makes it a lease that nobody uses.
    synchronized void leave() {
        usedAt = partners.nanos() - LEASE;
        heldUntil = usedAt;
    }

    synchronized boolean isLeased() {
        return leased > 0;
    }

    /// What is to be asked of Redis now; the answer goes to [#granted], or [#failed] is told that there is none.
    synchronized LeaseRequest request() {
        long now = partners.nanos();
        settle(now);
        isAsking = true;
        boolean isIdle = !isAlone && isIdle(now);
        adapt(isIdle, now);
        double wanted = isIdle ? 0 : Math.max(Math.max(needed, refused), slice - leased);
        refused = 0;
        sentDebit = 0;
        sentBack = 0;
        if (isAlone) {
            accrue(now);
            sentAlone = spentAlone;
            double missing = Math.max(0, most * part() - own);
            return request(wanted, Math.min(spentAlone, missing), now);
        }
        if (isIdle) sentBack = leased;
        leased -= sentBack;
        sentDebit = owed;
        return request(wanted, sentDebit - sentBack, now);
    }

    private LeaseRequest request(double wanted, double debit, long now) {
        return new LeaseRequest(limit, key, most, wanted, needed, debit, most - there(now), born, turn, window(now));
    }

    synchronized void granted(LeaseRequest request, LeaseGrant grant) {
        long now = partners.nanos();
        settle(now);
        isAsking = false;
        boolean isSameWindow = !limit.isFixed() || request.window() == window(now);
        if (isAlone) {
            isAlone = false;
            owed = Math.max(0, spentAlone - sentAlone);
            leased = 0;
        } else if (isSameWindow) {
            owed = Math.max(0, owed - sentDebit);
        }
        sentDebit = 0;
        sentBack = 0;
        born = grant.born();
        turn++;
        parts.seen(grant.credits() + request.debit(), grant, now);
        if (isSameWindow) {
            leased += grant.credits();
            left = grant.left();
            leftAt = now;
            windowEnds = windowEnd(now);
            if (isHeavy(request) && grant.credits() >= request.needed()) heldUntil = now + HELD;
        }
        payFromLease();
        grantedAt = now;
        pace(request, grant, now);
        needed = 0;
        // others may have told at the same time what they took
        boolean isToldBesideOthers = partners.gateways() > 1 && request.debit() > 0;
        if (owed > 0 || isToldBesideOthers) ask();
    }

    private boolean isHeavy(LeaseRequest request) {
        return request.needed() > smallestSlice || (isStrict() && request.wanted() > largestSlice);
    }

    /// What calls took while a lease was on its way, they took of it.
    private void payFromLease() {
        double paid = Math.min(leased, owed);
        leased -= paid;
        owed -= paid;
    }

    synchronized void failed() {
        isAsking = false;
        leased += sentBack;
        sentBack = 0;
        sentDebit = 0;
    }

    /// Whoever gets nothing asks again when there should be something.
    private void pace(LeaseRequest request, LeaseGrant grant, long now) {
        if (grant.credits() > 0 || request.wanted() < 1) {
            nextAsk = now;
            return;
        }
        double missing = Math.max(1, Math.max(needed, slice / 2)) - grant.left();
        long pause = limit.isFixed() ? LONGEST_PAUSE : (long) (missing / perNano);
        nextAsk = now + Math.clamp(pause, SHORTEST_PAUSE, LONGEST_PAUSE);
    }

    private void adapt(boolean isIdle, long now) {
        if (isIdle) slice = Math.max(smallestSlice, slice / 2);
        else if (now - grantedAt < LEASE / 2) slice = Math.min(largestSlice, slice * 2);
    }

    private void ask() {
        if (isAsking) return;
        isAsking = true;
        partners.ask(this);
    }

    /// Whether as much may be taken without a lease: where there are several gateways, what should be there is
    /// not for this one alone. A call that is heavier than its part passes when nobody seems to have taken
    /// anything.
    private boolean mayOwe(double credits, long now) {
        double there = there(now);
        if (owed + credits > there) return false;
        if (isStrict()) return owed + credits <= mayOweOfWindow(there);
        if (owed + credits <= Math.max(part(), LEAST_PART) * there) return true;
        return owed == 0 && there + leased >= FULL * most;
    }

    /// What is taken too much of a fixed window is never paid back.
    private boolean isStrict() {
        return limit.isFixed() && partners.gateways() > 1;
    }

    /// As of a day: all gateways but one may not have heard that it is spent.
    private double mayOweOfWindow(double there) {
        int gateways = partners.gateways();
        return Math.min(Math.max(1, most / OVERDRAWN / (gateways - 1)), there / (AHEAD * gateways));
    }

    /// What Redis should have now.
    private double there(long now) {
        return limit.isFixed() ? left : Math.min(most, left + perNano * (now - leftAt));
    }

    private double part() {
        return parts.part(partners.gateways());
    }

    private long waitFor(long credits, long now) {
        if (isAlone) {
            accrue(now);
            if (isEnough(credits)) return 0;
            return limit.isFixed() ? windowEnds - now : (long) Math.ceil((credits - own) / (perNano * part()));
        }
        double missing = credits - leased;
        if (missing <= 0 || mayOwe(missing, now)) return 0;
        double wait = (missing - there(now) + owed) / perNano;
        if (wait <= 0) return LONGEST_PAUSE;
        return limit.isFixed() ? windowEnds - now : (long) Math.ceil(wait);
    }

    private void settle(long now) {
        if (limit.isFixed() && now >= windowEnds) {
            windowEnds = windowEnd(now);
            leased = 0;
            owed = 0;
            sentDebit = 0;
            sentBack = 0;
            left = most;
            leftAt = now;
            own = most * part();
            refused = 0;
            spentAlone = 0;
            sentAlone = 0;
            nextAsk = now;
        }
        if (!isAlone && !partners.isReached()) goAlone(now);
    }

    private void goAlone(long now) {
        isAlone = true;
        spentAlone = owed - leased;
        own = Math.min(most * part(), part() * there(now) - spentAlone);
        ownAt = now;
        sentAlone = 0;
        leased = 0;
        owed = 0;
    }

    private long takeOwn(long credits, long now) {
        accrue(now);
        if (!isEnough(credits)) return Math.max(1, waitFor(credits, now));
        own -= credits;
        spentAlone += credits;
        return 0;
    }

    /// A call that takes more than the whole part is let through when nothing was taken of it.
    private boolean isEnough(long credits) {
        return own >= credits || own >= most * part() - 1e-6;
    }

    private void accrue(long now) {
        if (!limit.isFixed()) own = Math.min(most * part(), own + perNano * part() * (now - ownAt));
        ownAt = now;
    }

    private long window(long now) {
        return limit.isFixed()
                ? Math.floorDiv(partners.millis(now), limit.window().toMillis())
                : 0;
    }

    private long windowEnd(long now) {
        if (!limit.isFixed()) return Long.MAX_VALUE;
        long window = limit.window().toMillis();
        return now + TimeUnit.MILLISECONDS.toNanos(window - Math.floorMod(partners.millis(now), window));
    }
}
