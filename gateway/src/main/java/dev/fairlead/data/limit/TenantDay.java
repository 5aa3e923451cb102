package dev.fairlead.data.limit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// What was taken of one tenant's day: by all gateways as far as this one knows, and by this one since it last told the
/// others.
final class TenantDay {
    /// Per cent of a quota at which operators are told.
    private static final List<Integer> TOLD_AT = List.of(75, 85, 100);

    private long day = Long.MIN_VALUE;
    private long known;
    private long untold;
    private long bound;
    /// What was taken when operators were last told.
    private long looked;

    /// @return false, and nothing is taken, when less is left, or less of this gateway's part of it
    synchronized boolean take(long today, long credits, long quota, int gateways) {
        begin(today);
        bound = quota;
        if (quota > 0 && !isLeft(credits, quota, gateways)) return false;
        untold += credits;
        return true;
    }

    /// Whether this gateway has taken much of its part, so that it should hear of the others now.
    synchronized boolean isPressing(long today, int gateways) {
        return isOf(today) && untold > 0 && bound > 0 && untold * 4 >= (bound - known) / gateways;
    }

    private boolean isLeft(long credits, long quota, int gateways) {
        long left = quota - known;
        if (credits > left - untold) return false;
        return untold == 0 || untold + credits <= Math.ceilDiv(left, gateways);
    }

    /// Which steps of the quota were passed since the last look.
    synchronized List<Integer> crossed(long quota) {
        long now = known + untold;
        if (now * 100 < quota * TOLD_AT.getFirst()) return List.of();
        var crossed = new ArrayList<Integer>();
        for (int percent : TOLD_AT) {
            if (looked * 100 < quota * percent && now * 100 >= quota * percent) crossed.add(percent);
        }
        looked = now;
        return crossed;
    }

    synchronized void giveBack(long today, long credits) {
        if (isOf(today)) untold = Math.max(-known, untold - credits);
    }

    /// What was taken before this gateway took anything.
    synchronized void learn(long today, long total) {
        begin(today);
        known = Math.max(known, total);
        looked = known + untold;
    }

    synchronized boolean isUntold(long today) {
        return isOf(today) && untold != 0;
    }

    synchronized UntoldUse tell(String tenant, long today) {
        begin(today);
        var news = new UntoldUse(tenant, LocalDate.ofEpochDay(day), untold, known);
        known += untold;
        untold = 0;
        return news;
    }

    synchronized void told(UntoldUse news, long total) {
        if (news.day().toEpochDay() == day) known = total;
    }

    synchronized void notTold(UntoldUse news) {
        if (news.day().toEpochDay() != day) return;
        known -= news.taken();
        untold += news.taken();
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
        day = today;
        known = 0;
        untold = 0;
        looked = 0;
    }
}
