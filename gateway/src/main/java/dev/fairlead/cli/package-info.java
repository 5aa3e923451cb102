/// The commands. What a person types comes in; what the command prints and an exit code go out. `serve` starts a
/// gateway, and most others ask a running one over its admin API.
///
/// Read [FairleadCommand] first, then [ServeCommand], and [StatusCommand] for one that asks.
@NullMarked
package dev.fairlead.cli;

import org.jspecify.annotations.NullMarked;
