/// Which nodes are asked for a call, and in which order. Pure: a call, the Fleet and what is known of the nodes come
/// in, a plan goes out. Read [Router] first.
@NullMarked
package dev.fairlead.data.routing;

import org.jspecify.annotations.NullMarked;
