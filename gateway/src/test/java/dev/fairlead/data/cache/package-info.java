@NullMarked
package dev.fairlead.data.cache;

import org.jspecify.annotations.NullMarked;
