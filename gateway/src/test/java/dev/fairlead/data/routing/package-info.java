@NullMarked
package dev.fairlead.data.routing;

import org.jspecify.annotations.NullMarked;
