@NullMarked
package dev.fairlead.core.allow;

import org.jspecify.annotations.NullMarked;
