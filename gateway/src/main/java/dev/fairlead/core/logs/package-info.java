/// Queries for event logs: which calls are such, how much each asks for, and how much callers may ask. In come raw
/// params and declared caps; out go refusals as values. Read [LogQuery] first, then [LogDecision] and, for answers,
/// [ResultCount].
@NullMarked
package dev.fairlead.core.logs;

import org.jspecify.annotations.NullMarked;
