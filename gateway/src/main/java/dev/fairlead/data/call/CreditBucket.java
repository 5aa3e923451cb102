package dev.fairlead.data.call;

import dev.fairlead.core.policy.Limit;
import java.util.OptionalLong;

/// What is left of a limit for one of those that it counts apart. May be used from any thread, and never waits.
public interface CreditBucket {
    /// @return nanoseconds until there is enough; 0 when it was taken
    long take(long credits);

    /// @return nanoseconds until there is enough, 0 when there is now, [Long#MAX_VALUE] when there never will be
    long waitFor(long credits);

    /// Of a call that another limit refused.
    void giveBack(long credits);

    /// How many credits are there now, as far as this gateway knows; nothing where it does not.
    default OptionalLong left() {
        return OptionalLong.empty();
    }

    /// Where buckets come from.
    interface Source {
        /// @param subject what is counted apart, empty where all calls count together
        CreditBucket bucket(Limit.Identified limit, String subject);
    }
}
