package dev.fairlead.data.limit;

import dev.fairlead.core.usage.UntoldUse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What this gateway may take of a day that it shares with others, in credits. It takes what it leased before;
/// without a lease it takes so little until the others have been told, that all gateways together take no more
/// than a twentieth too much. Used under the lock of its day.
final class DayLease {
    /// For as long a lease is kept for those who use it, or were told to come again.
    private static final long HELD_NANOS = Duration.ofSeconds(2).toNanos();

    /// Of the quota: what may be taken too much. All gateways but one may not have heard that the day is spent.
    private static final long OVERDRAWN = 20;

    /// Of this gateway's part of what is left: what it leases before anybody asks, and takes without a lease.
    private static final long AHEAD = 4;

    private long held;
    /// Of those, for the call that was told to come again.
    private long kept;
    private long keptAt;
    private long heldByOthers;
    /// Taken without a lease, and not known to the others.
    private long owed;
    /// Of those, what they are being told of.
    private long owedTold;
    /// The heaviest call that was refused since a lease was last asked for, and all of them together.
    private long heaviest;
    private long refused;
    /// Of the request that is under way.
    private long needed;
    private boolean isUsed;
    private long usedAt;

    /// @param left of the day, as far as this gateway knows, what was leased included; not less than the credits
    boolean take(long credits, long left, long quota, int gateways) {
        long mine = credits >= kept ? held : held - kept;
        long beyond = Math.max(0, credits - mine);
        if (beyond > 0 && owed + beyond > mayOwe(left, quota, gateways)) {
            heaviest = Math.max(heaviest, credits);
            refused = Math.min(left, refused + credits);
            return false;
        }
        held -= credits - beyond;
        owed += beyond;
        if (credits >= kept) kept = 0;
        return true;
    }

    void giveBack(long credits) {
        held += credits;
    }

    private long mayOwe(long left, long quota, int gateways) {
        return Math.min(Math.max(1, quota / OVERDRAWN / (gateways - 1)), ahead(left - held, gateways));
    }

    private long ahead(long left, int gateways) {
        return Math.max(0, left - heldByOthers) / (AHEAD * gateways);
    }

    /// Whether a lease should be asked for soon: a call waits for it, or what may be taken is half used up.
    boolean isPressing(long left, long quota, int gateways) {
        if (isAwaited()) return true;
        if (owed > 0 && owed * 2 >= mayOwe(left, quota, gateways)) return true;
        return isUsed && (held - kept) * 2 < ahead(left, gateways);
    }

    boolean isAwaited() {
        return heaviest > 0;
    }

    /// What is to be asked for now; the answer goes to [#granted], if there is one.
    ///
    /// @param isTaken whether calls took anything since it was last asked
    /// @return null when nothing is held and nothing is wanted
    @Nullable
    DayNeed need(UntoldUse look, boolean isTaken, long left, long quota, int gateways, long now) {
        if (isTaken || heaviest > 0) {
            isUsed = true;
            usedAt = now;
        } else if (now - usedAt >= HELD_NANOS) {
            isUsed = false;
            held = 0;
        }
        if (now - keptAt >= HELD_NANOS || held == 0) kept = 0;
        long wanted = isUsed ? Math.max(refused, ahead(left, gateways)) - (held - kept) : 0;
        if (heaviest > 0) keptAt = now;
        needed = heaviest;
        heaviest = 0;
        refused = 0;
        if (held == 0 && wanted <= 0) return null;
        long more = Math.max(0, needed - held);
        return new DayNeed(look.tenant(), look.day(), look.known(), held, Math.max(0, wanted), more, quota);
    }

    void granted(long credits, long byOthers) {
        held += credits;
        heldByOthers = byOthers;
        if (needed > 0 && held >= needed) kept = needed;
        needed = 0;
    }

    void telling() {
        owedTold = owed;
    }

    void told() {
        owed -= owedTold;
        owedTold = 0;
    }

    void notTold() {
        owedTold = 0;
    }

    /// Another day.
    void begin() {
        drop();
        owed = 0;
        owedTold = 0;
    }

    /// Nothing is leased any more.
    void drop() {
        held = 0;
        kept = 0;
        heldByOthers = 0;
        heaviest = 0;
        refused = 0;
        needed = 0;
        isUsed = false;
    }
}
