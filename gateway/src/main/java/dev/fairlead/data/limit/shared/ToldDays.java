package dev.fairlead.data.limit.shared;

import dev.fairlead.core.usage.UntoldUse;
import dev.fairlead.data.limit.DailyUse;
import dev.fairlead.data.limit.DayNeed;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Tells Redis what this gateway took of days, hears what all took, and leases what it needs. It tells all that it
/// took of a day, not what it took lately: what is told a second time, because an answer was late, counts once.
/// Used by one thread.
final class ToldDays {
    private static final long NEWS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PRESSING_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

    /// How often it is asked what others took of days that this gateway has no news of.
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// Looks of one round trip: Redis does nothing else meanwhile.
    private static final int MOST_LOOKS = 256;

    /// Answers for each day.
    private static final int EACH = 3;

    private final RedisScripts redis;
    private final LeaseKeys keys;
    private final DailyUse dailyUse;
    private final String gateway = UUID.randomUUID().toString();
    private final Map<Day, Long> confirmed = new HashMap<>();
    private final ArrayDeque<UntoldUse> looks = new ArrayDeque<>();
    private long telling;
    private long lastTold = System.nanoTime() - NEWS_NANOS;
    private long lastLooks = lastTold;
    private boolean hasOthers;
    private boolean isLeaving;
    private LocalDate kept = LocalDate.MIN;

    private record Day(LocalDate day, String tenant) {
        static Day of(UntoldUse use) {
            return new Day(use.day(), use.tenant());
        }

        static Day of(DayNeed need) {
            return new Day(need.day(), need.tenant());
        }
    }

    ToldDays(RedisScripts redis, LeaseKeys keys, DailyUse dailyUse) {
        this.redis = redis;
        this.keys = keys;
        this.dailyUse = dailyUse;
    }

    boolean isDue(long now) {
        long since = now - lastTold;
        if (since < PRESSING_NANOS) return false;
        if (since < NEWS_NANOS) return dailyUse.isPressing();
        return dailyUse.isUntold() || !looks.isEmpty() || areLooksDue(now);
    }

    private boolean areLooksDue(long now) {
        return hasOthers && now - lastLooks >= LOOK_NANOS;
    }

    /// What is not told yet is due now.
    void hurry() {
        lastTold = System.nanoTime() - NEWS_NANOS;
    }

    /// What is not told yet is due now, and what was leased goes back.
    void leave() {
        hurry();
        isLeaving = true;
        looks.addAll(dailyUse.looks());
    }

    void share(long now, int gateways) throws RedisGone, InterruptedException {
        hasOthers = gateways > 1;
        if (!isDue(now)) return;
        lastTold = now;
        if (looks.isEmpty() && areLooksDue(now)) {
            lastLooks = now;
            looks.addAll(dailyUse.looks());
        }
        Map<Day, DayNeed> needs = needs(now);
        List<UntoldUse> news = dailyUse.untold();
        try {
            tell(withLooks(news, needs.values()), needs);
        } catch (RedisGone gone) {
            news.forEach(dailyUse::notTold);
            throw gone;
        }
    }

    private Map<Day, DayNeed> needs(long now) {
        var needs = new HashMap<Day, DayNeed>();
        if (!isLeaving) for (DayNeed need : dailyUse.needs(now)) needs.put(Day.of(need), need);
        return needs;
    }

    private List<UntoldUse> withLooks(List<UntoldUse> news, Collection<DayNeed> needs) {
        var all = new LinkedHashMap<Day, UntoldUse>();
        for (UntoldUse use : news) all.put(Day.of(use), use);
        for (DayNeed need : needs) if (need.wanted() > 0) all.putIfAbsent(Day.of(need), need.look());
        for (int i = 0; i < MOST_LOOKS && !looks.isEmpty(); i++) {
            UntoldUse look = looks.remove();
            all.putIfAbsent(Day.of(look), look);
        }
        return List.copyOf(all.values());
    }

    private void tell(List<UntoldUse> uses, Map<Day, DayNeed> needs) throws RedisGone, InterruptedException {
        if (uses.isEmpty()) return;
        List<String> answer = redis.run("days.lua", keys(uses), arguments(uses, needs));
        if (answer.size() != EACH * uses.size()) throw new RedisGone("Redis answered a script with something else");
        for (int i = 0; i < uses.size(); i++) {
            UntoldUse use = uses.get(i);
            confirmed.merge(Day.of(use), use.taken(), Long::sum);
            dailyUse.told(use, Long.parseLong(answer.get(EACH * i)));
            dailyUse.granted(use, Long.parseLong(answer.get(EACH * i + 1)), Long.parseLong(answer.get(EACH * i + 2)));
        }
        forget(uses.getLast().day().minusDays(1));
    }

    private List<String> keys(List<UntoldUse> uses) {
        return uses.stream().map(use -> keys.day(use.day(), use.tenant())).toList();
    }

    private List<String> arguments(List<UntoldUse> uses, Map<Day, DayNeed> needs) {
        var all = new ArrayList<String>(2 + 7 * uses.size());
        all.add(gateway);
        all.add(Long.toString(++telling));
        for (UntoldUse use : uses) {
            long before = confirmed.getOrDefault(Day.of(use), 0L);
            DayNeed need = needs.get(Day.of(use));
            add(all, before + use.taken(), before, use.known());
            if (need == null) add(all, 0, 0, 0, 0);
            else add(all, need.held(), need.wanted(), need.needed(), need.quota());
        }
        return all;
    }

    private static void add(List<String> all, long... numbers) {
        for (long number : numbers) all.add(Long.toString(number));
    }

    /// A day that ended may be told of until the next one ends.
    private void forget(LocalDate before) {
        if (!kept.isBefore(before)) return;
        kept = before;
        confirmed.keySet().removeIf(each -> each.day().isBefore(before));
    }
}
