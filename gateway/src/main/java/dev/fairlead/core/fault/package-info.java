/// Faults of the gateway's own: bugs, and errors of the JVM. One that some part has met comes in; it is logged and
/// counted, and a loop that must go on is started anew.
///
/// Read [Faults] first, then [Supervisor].
@NullMarked
package dev.fairlead.core.fault;

import org.jspecify.annotations.NullMarked;
