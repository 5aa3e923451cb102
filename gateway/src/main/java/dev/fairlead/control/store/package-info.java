/// Durable declarations: nodes added at run time, modes, and who ordered what.
@NullMarked
package dev.fairlead.control.store;

import org.jspecify.annotations.NullMarked;
