package dev.fairlead.core.fleet;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What was asked of a node on one day of UTC, in credits.
///
/// @param node null for all leaders and rented nodes of the chain together
public record SpentDay(String chain, @Nullable String node, LocalDate day, long credits) {}
