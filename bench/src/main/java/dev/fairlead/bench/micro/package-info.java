/// Micro-benchmarks of what stands on the way of a call.
@NullMarked
package dev.fairlead.bench.micro;

import org.jspecify.annotations.NullMarked;
