/// Keeps watch over every declared node, and is the only one to publish the Fleet. Read [Monitor] first.
@NullMarked
package dev.fairlead.control.watch;

import org.jspecify.annotations.NullMarked;
