/// How many bytes the process may hold for clients and nodes, all together. Every event loop tells how many bytes
/// it holds; out comes whether there is room for more, and whether memory is short.
///
/// Read [Budgets] first, then [MemoryBudget] and [MemoryShare].
@NullMarked
package dev.fairlead.core.memory;

import org.jspecify.annotations.NullMarked;
