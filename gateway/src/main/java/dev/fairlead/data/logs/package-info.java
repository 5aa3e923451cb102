/// Caps on queries for event logs: refuses calls that ask for too much, and answers that have too much in them. In come
/// calls that are open to their callers and paid for. Read [LogGate] first.
@NullMarked
package dev.fairlead.data.logs;

import org.jspecify.annotations.NullMarked;
