/// The bench: the gateway beside nginx and HAProxy on the same core, in interleaved slices. Names of scenarios come
/// in; a report goes out, in which the CPU time per call of each stands.
///
/// Read [Bench] first, then [Scenarios] and [Comparison].
@NullMarked
package dev.fairlead.bench;

import org.jspecify.annotations.NullMarked;
