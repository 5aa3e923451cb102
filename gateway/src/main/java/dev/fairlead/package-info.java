/// The process: where it starts, and the one place that makes every object.
@NullMarked
package dev.fairlead;

import org.jspecify.annotations.NullMarked;
