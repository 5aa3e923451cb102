package dev.fairlead.control.judge;

import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Lag;
import org.jspecify.annotations.Nullable;

/// Where a node stands against the reference.
///
/// @param objection why its head cannot be right (another branch, an empty claim), or null
record Standing(Head reference, Lag lag, @Nullable String objection) {}
