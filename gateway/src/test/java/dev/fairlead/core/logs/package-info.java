@NullMarked
package dev.fairlead.core.logs;

import org.jspecify.annotations.NullMarked;
