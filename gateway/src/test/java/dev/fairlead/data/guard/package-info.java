@NullMarked
package dev.fairlead.data.guard;

import org.jspecify.annotations.NullMarked;
