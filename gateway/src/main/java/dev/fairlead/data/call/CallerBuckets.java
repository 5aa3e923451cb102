package dev.fairlead.data.call;

import dev.fairlead.core.policy.Limit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The buckets that count one caller's calls, kept beside what is known of it, so that they are not searched for each
/// call. Of one event loop.
public final class CallerBuckets {
    private List<Limit.Identified> limits = List.of();
    private @Nullable CreditBucket[] found = {};

    /// @param those that count the caller
    /// @param index of the limit among them
    /// @return null when none is kept for these limits
    @SuppressWarnings("ReferenceEquality")
    public @Nullable CreditBucket get(List<Limit.Identified> those, int index) {
        return those == limits ? found[index] : null;
    }

    @SuppressWarnings("ReferenceEquality")
    public void keep(List<Limit.Identified> those, int index, CreditBucket bucket) {
        if (those != limits) {
            limits = those;
            found = new CreditBucket[those.size()];
        }
        found[index] = bucket;
    }
}
