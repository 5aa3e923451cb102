/// Durable declarations: nodes added at run time, modes, and who ordered what. What kind of store it is, is the affair
/// of a room of its own. Read [Store] first.
@NullMarked
package dev.fairlead.control.store;

import org.jspecify.annotations.NullMarked;
