@NullMarked
package dev.fairlead.core.transaction;

import org.jspecify.annotations.NullMarked;
