package dev.fairlead.control.store;

import java.time.Instant;

/// A tenant that was added at run time, as it is kept.
public record AddedTenant(String name, Instant addedAt) {}
