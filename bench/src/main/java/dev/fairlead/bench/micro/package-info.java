/// Micro-benchmarks of what stands on the way of a call. Requests, replies and calls that lie ready come in; out
/// goes the time that one step takes.
///
/// Read [EnvelopeBench] first; the others are made like it.
@NullMarked
package dev.fairlead.bench.micro;

import org.jspecify.annotations.NullMarked;
