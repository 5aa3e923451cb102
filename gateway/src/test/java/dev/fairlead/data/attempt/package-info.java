@NullMarked
package dev.fairlead.data.attempt;

import org.jspecify.annotations.NullMarked;
