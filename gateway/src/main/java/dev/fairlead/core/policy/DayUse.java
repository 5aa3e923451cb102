package dev.fairlead.core.policy;

import java.time.LocalDate;

/// What a tenant took on one day of UTC.
public record DayUse(String tenant, LocalDate day, long credits) {}
