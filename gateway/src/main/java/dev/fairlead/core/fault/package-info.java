/// Faults of the gateway's own: told, counted, and survived by the loops that must go on.
@NullMarked
package dev.fairlead.core.fault;

import org.jspecify.annotations.NullMarked;
