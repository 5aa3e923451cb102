/// The law of the house, enforced.
@NullMarked
package dev.fairlead.law;

import org.jspecify.annotations.NullMarked;
