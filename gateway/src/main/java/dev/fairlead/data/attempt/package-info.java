/// One attempt at one node. A call, a node of its plan and a request come in; one `Outcome` goes out, once the node's
/// place is free again and what it shows of the node is known to all calls. Also here: the places at nodes
/// and the calls that wait for them, and the watch over attempts that take long. Read [RunningAttempt] first.
@NullMarked
package dev.fairlead.data.attempt;

import org.jspecify.annotations.NullMarked;
