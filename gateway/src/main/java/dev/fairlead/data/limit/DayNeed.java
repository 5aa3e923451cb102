package dev.fairlead.data.limit;

import dev.fairlead.core.usage.UntoldUse;
import java.time.LocalDate;

/// What a gateway holds of a tenant's day, and would like to hold beside, in credits.
///
/// @param known of what all took, as far as this gateway knows
/// @param held those that it leased and did not use yet
/// @param wanted how many more it would like
/// @param needed fewer than these more are of no use to the call that waits for them
/// @param quota of the day
public record DayNeed(String tenant, LocalDate day, long known, long held, long wanted, long needed, long quota) {
    /// For those who ask what others took: nothing new.
    public UntoldUse look() {
        return new UntoldUse(tenant, day, 0, known);
    }
}
