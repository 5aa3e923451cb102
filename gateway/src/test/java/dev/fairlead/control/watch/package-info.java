@NullMarked
package dev.fairlead.control.watch;

import org.jspecify.annotations.NullMarked;
