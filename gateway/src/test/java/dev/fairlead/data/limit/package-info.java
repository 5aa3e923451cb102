@NullMarked
package dev.fairlead.data.limit;

import org.jspecify.annotations.NullMarked;
