package dev.fairlead.control.admin;

import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Verdict;
import org.jspecify.annotations.Nullable;

/// Distance behind the leader, in both units; negative blocks are ahead.
record LagView(long blocks, long seconds) {
    /// Null where the verdict was not reached by measuring.
    static @Nullable LagView of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Ready(var _, var lag) -> of(lag);
            case Verdict.Lagging(var _, var lag, var _) -> of(lag);
            case Verdict.Syncing(var _, var lag) -> of(lag);
            case Verdict.Forked _, Verdict.WrongChain _, Verdict.Unreachable _, Verdict.Unknown _ -> null;
        };
    }

    private static LagView of(Lag lag) {
        return new LagView(lag.blocks(), lag.time().toSeconds());
    }
}
