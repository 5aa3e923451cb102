@NullMarked
package dev.fairlead.core.usage;

import org.jspecify.annotations.NullMarked;
