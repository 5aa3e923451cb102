package dev.fairlead.core.policy;

import dev.fairlead.core.policy.Limit.Exempt;
import dev.fairlead.core.policy.Limit.Per;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Limits that have proved themselves, under a name.
public enum LimitPreset {
    /// 2,000 calls in five minutes from one address, in fixed windows, as public light nodes had it.
    PUBLIC_NODE(2_000, Duration.ofMinutes(5), 2_000, true),
    /// Thousands of calls a minute from one address, many at once: one session of a large dapp opens with hundreds.
    DAPP_SESSION(6_000, Duration.ofMinutes(1), 3_000, false);

    private final long credits;
    private final Duration window;
    private final long burst;
    private final boolean isFixed;

    LimitPreset(long credits, Duration window, long burst, boolean isFixed) {
        this.credits = credits;
        this.window = window;
        this.burst = burst;
        this.isFixed = isFixed;
    }

    public Limit limit() {
        return new Limit(
                "policy.limits \"" + word() + "\"",
                List.of(Per.ADDRESS),
                credits,
                window,
                burst,
                isFixed,
                List.of(),
                null,
                null,
                Exempt.NOBODY);
    }

    /// As configurations spell it.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
