package dev.fairlead.data.limit;

import dev.fairlead.core.policy.Tenant;
import java.time.Duration;

/// Takes of the day of a tenant that is named team, as a call of its does.
public final class DayTaker {
    private static final Tenant TEAM = new Tenant("team");

    private DayTaker() {}

    public static boolean take(DailyUse use, long credits, long quota) {
        return use.take(TEAM, credits, quota);
    }

    /// How long a call that was refused is told to wait.
    public static Duration wait(DailyUse use, long credits, long quota) {
        return use.untilLeft(TEAM, credits, quota);
    }
}
