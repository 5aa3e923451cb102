package dev.fairlead.core.usage;

import java.time.LocalDate;

/// What this gateway took of a tenant's day, and the others have not been told yet.
///
/// @param known of what all took before, as far as this gateway knows
public record UntoldUse(String tenant, LocalDate day, long taken, long known) {}
