package dev.fairlead.control.store;

import dev.fairlead.core.policy.DayUse;
import dev.fairlead.core.usage.SharedDays;
import dev.fairlead.core.usage.UntoldUse;
import java.util.List;

/// Adds what this gateway took to what others took over the same store, and learns what that comes to. What a failed
/// write may have written all the same is added again: rather twice than never, so that nobody gets more than its
/// quota.
public record AddedDays(Store store, SharedDays days) implements StoredDays {
    /// Of so many gateways each tells the others when it has taken a quarter of its part of what is left: all together
    /// take a fortieth too much for each gateway at the most.
    private static final int GATEWAYS = 10;

    @Override
    public List<DayUse> now() {
        return days.uses();
    }

    @Override
    public boolean isPressing() {
        return days.isPressing(GATEWAYS);
    }

    @Override
    public void write() {
        List<UntoldUse> news = days.untold();
        if (news.isEmpty()) return;
        try {
            List<Long> totals = store.addUses(news);
            for (int i = 0; i < news.size(); i++) days.told(news.get(i), totals.get(i));
        } catch (StoreFailure failure) {
            news.forEach(days::notTold);
            throw failure;
        }
    }
}
