package dev.fairlead.data.load;

import dev.fairlead.core.telemetry.Events;
import java.util.concurrent.atomic.AtomicReference;

/// Which tier serves a group at the moment; shared by all event loops.
public final class GroupMode {
    private final String chain;
    private final String group;
    private final AtomicReference<Tier> tier = new AtomicReference<>(Tier.OWN);

    GroupMode(String chain, String group) {
        this.chain = chain;
        this.group = group;
    }

    /// Tells of panic, spent plans and last resort once when they begin and once when they end.
    public void is(Tier now, Events events) {
        Tier before = tier.get();
        if (before == now || !tier.compareAndSet(before, now)) return;
        if (before == Tier.PANIC) events.panic(chain, group, false);
        if (now == Tier.PANIC) events.panic(chain, group, true);
        if (before == Tier.SPENT) events.plansSpent(chain, group, false);
        if (now == Tier.SPENT) events.plansSpent(chain, group, true);
        boolean wasLast = before == Tier.LAST_RESORT;
        boolean isLast = now == Tier.LAST_RESORT;
        if (wasLast != isLast) events.lastResort(chain, isLast);
    }
}
