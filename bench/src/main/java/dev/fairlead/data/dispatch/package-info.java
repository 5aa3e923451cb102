/// Benchmarks of what only its own package sees.
@NullMarked
package dev.fairlead.data.dispatch;

import org.jspecify.annotations.NullMarked;
