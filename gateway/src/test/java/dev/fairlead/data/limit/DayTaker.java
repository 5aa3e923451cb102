package dev.fairlead.data.limit;

import dev.fairlead.core.policy.Tenant;

/// Takes of the day of a tenant that is named team, as a call of its does.
public final class DayTaker {
    private static final Tenant TEAM = new Tenant("team");

    private DayTaker() {}

    public static boolean take(DailyUse use, long credits, long quota) {
        return use.take(TEAM, credits, quota);
    }
}
