/// Every key there is, by tables, and the steps from a text to [Settings]. Read [Keys] first.
@NullMarked
package dev.fairlead.config.keys;

import org.jspecify.annotations.NullMarked;
