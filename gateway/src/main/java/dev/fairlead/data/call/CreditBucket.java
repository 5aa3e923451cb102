package dev.fairlead.data.call;

import dev.fairlead.core.policy.Limit;

/// What is left of a limit for one of those that it counts apart. May be used from any thread, and never waits.
public interface CreditBucket {
    /// @return nanoseconds until there is enough; 0 when it was taken
    long take(long credits);

    /// @return nanoseconds until there is enough, 0 when there is now, [Long#MAX_VALUE] when there never will be
    long waitFor(long credits);

    /// Of a call that another limit refused.
    void giveBack(long credits);

    /// How many credits are there now, as far as this gateway knows.
    Left left();

    /// What is left of a limit.
    sealed interface Left {
        /// Credits of a limit that this gateway counts alone.
        record Here(long credits) implements Left {}

        /// Credits for all gateways together, by the last word of Redis.
        record OfAll(long credits) implements Left {}

        /// Credits of this gateway's part of a shared limit: Redis is gone, or has not answered yet since it is
        /// back.
        record OfPart(long credits) implements Left {}

        /// Redis has not said it: no call that is counted there came to this gateway lately.
        record NotHeard() implements Left {}

        /// It depends on who calls.
        record OfCaller() implements Left {}
    }

    /// Where buckets come from.
    interface Source {
        /// @param subject what is counted apart, empty where all calls count together
        CreditBucket bucket(Limit.Identified limit, String subject);
    }
}
