package dev.fairlead.data.limit;

import dev.fairlead.core.usage.UntoldUse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was taken of one tenant's day: by all gateways as far as this one knows, and by this one since it last
/// told the others; and what this one may take of it.
final class TenantDay {
    /// Per cent of a quota at which operators are told.
    private static final List<Integer> TOLD_AT = List.of(75, 85, 100);

    private long day = Long.MIN_VALUE;
    private long known;
    private long untold;
    private long bound;
    private final DayLease lease = new DayLease();
    /// What was not told yet when its day ended.
    private @Nullable UntoldUse late;

    /// What had been taken, and told, before this gateway took anything.
    private long before;
    private boolean wasSpent;
    /// Of which quota operators were told, and how many of its steps. Each is told once a day, unless the quota
    /// changes.
    private long toldOf;
    private int told;

    /// @param isReached whether what is left can be leased; else this gateway keeps to its part of it
    /// @return false, and nothing is taken, when less is left, or less of what this gateway may take
    synchronized boolean take(long today, long credits, long quota, int gateways, boolean isReached) {
        begin(today);
        bound = quota;
        if (quota > 0 && !isLeft(credits, quota, gateways, isReached)) return false;
        untold += credits;
        return true;
    }

    private boolean isLeft(long credits, long quota, int gateways, boolean isReached) {
        long left = quota - known - untold;
        if (credits > left) return false;
        if (gateways == 1) return true;
        if (isReached) return lease.take(credits, left, quota, gateways);
        return untold + credits <= (quota - known) / gateways;
    }

    /// Whether this gateway has taken much of its part, so that it should hear of the others now.
    synchronized boolean isPressing(long today, int gateways) {
        return isOf(today) && untold > 0 && bound > 0 && untold * 4 >= (bound - known) / gateways;
    }

    /// Whether a call waits for a lease, or this gateway has taken much of what it may take without one.
    synchronized boolean isLeasePressing(long today, int gateways) {
        return isOf(today) && bound > 0 && gateways > 1 && lease.isPressing(bound - known - untold, bound, gateways);
    }

    /// What this gateway needs of the day now, if it needs or holds anything.
    ///
    /// @param nanos by a clock that does not go back
    synchronized @Nullable DayNeed need(String tenant, long today, int gateways, long nanos) {
        if (!isOf(today) || bound <= 0 || gateways == 1) return null;
        return lease.need(look(tenant), untold != 0, bound - known - untold, bound, gateways, nanos);
    }

    synchronized void granted(UntoldUse use, long credits, long heldByOthers) {
        if (use.day().toEpochDay() == day) lease.granted(credits, heldByOthers);
    }

    synchronized void dropLease() {
        lease.drop();
    }

    /// Which steps of the quota are passed and not told yet.
    synchronized List<Integer> crossed(long quota) {
        tellOf(quota);
        int steps = steps(known + untold, quota);
        if (steps <= told) return List.of();
        List<Integer> crossed = TOLD_AT.subList(told, steps);
        told = steps;
        return crossed;
    }

    /// For a call that asks more than is left, the day has ended, though lighter ones may pass.
    ///
    /// @return the last step, unless it was told
    synchronized List<Integer> spent(long credits, long quota) {
        if (!isSpent(credits, quota)) return List.of();
        tellOf(quota);
        if (told == TOLD_AT.size()) return List.of();
        told = TOLD_AT.size();
        return List.of(TOLD_AT.getLast());
    }

    /// Whether less is left, as far as this gateway knows.
    synchronized boolean isSpent(long credits, long quota) {
        return credits > quota - known - untold;
    }

    /// Steps that were passed before a restart were told then, but those of another quota were not.
    private void tellOf(long quota) {
        if (toldOf == quota) return;
        told = toldOf == 0 ? toldBefore(quota) : 0;
        toldOf = quota;
    }

    private int toldBefore(long quota) {
        int steps = steps(before, quota);
        return wasSpent && steps == TOLD_AT.size() - 1 ? TOLD_AT.size() : steps;
    }

    private static int steps(long used, long quota) {
        int steps = 0;
        while (steps < TOLD_AT.size() && used * 100 >= quota * TOLD_AT.get(steps)) steps++;
        return steps;
    }

    synchronized void giveBack(long today, long credits, boolean isLeased) {
        if (!isOf(today)) return;
        untold = Math.max(-known, untold - credits);
        if (isLeased && bound > 0) lease.giveBack(credits);
    }

    /// What was taken before this gateway took anything.
    synchronized void learn(long today, long total) {
        begin(today);
        known = Math.max(known, total);
        before = known + untold;
    }

    /// Calls were refused for this day before a restart.
    synchronized void learnSpent(long today) {
        begin(today);
        wasSpent = true;
    }

    synchronized boolean isUntold(long today) {
        return isOf(today) && (untold != 0 || lease.isAwaited());
    }

    /// Whether nothing is to be remembered of it: its day has ended, and all of it was told.
    synchronized boolean isOver(long today) {
        return !isOf(today) && late == null && untold == 0;
    }

    synchronized List<UntoldUse> tell(String tenant, long today) {
        begin(today);
        var news = new ArrayList<UntoldUse>();
        if (late != null) news.add(new UntoldUse(tenant, late.day(), late.taken(), late.known()));
        late = null;
        if (untold != 0) news.add(new UntoldUse(tenant, LocalDate.ofEpochDay(day), untold, known));
        known += untold;
        untold = 0;
        lease.telling();
        return news;
    }

    synchronized UntoldUse look(String tenant) {
        return new UntoldUse(tenant, LocalDate.ofEpochDay(day), 0, known);
    }

    synchronized void told(UntoldUse news, long total) {
        if (news.day().toEpochDay() != day) return;
        known = total;
        lease.told();
    }

    synchronized void notTold(UntoldUse news) {
        if (news.day().toEpochDay() != day) {
            late = late != null && late.day().equals(news.day()) ? with(late, news.taken()) : news;
            return;
        }
        known -= news.taken();
        untold += news.taken();
        lease.notTold();
    }

    private static UntoldUse with(UntoldUse late, long more) {
        return new UntoldUse(late.tenant(), late.day(), late.taken() + more, late.known());
    }

    /// Around midnight one thread may have looked at the clock a moment before another one.
    synchronized boolean isOf(long today) {
        return day == today || day == today + 1;
    }

    synchronized long used(long today) {
        return isOf(today) ? known + untold : 0;
    }

    private void begin(long today) {
        if (isOf(today)) return;
        if (untold != 0) late = new UntoldUse("", LocalDate.ofEpochDay(day), untold, known);
        day = today;
        known = 0;
        untold = 0;
        before = 0;
        wasSpent = false;
        toldOf = 0;
        told = 0;
        lease.begin();
    }
}
