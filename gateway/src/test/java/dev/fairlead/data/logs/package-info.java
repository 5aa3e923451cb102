@NullMarked
package dev.fairlead.data.logs;

import org.jspecify.annotations.NullMarked;
