/// The process: where it starts, and the one place that makes every object. Settings come in, a [Gateway] that
/// serves goes out.
///
/// Read [Wiring] first: it makes everything in reading order, and the stages of a call stand there.
@NullMarked
package dev.fairlead;

import org.jspecify.annotations.NullMarked;
