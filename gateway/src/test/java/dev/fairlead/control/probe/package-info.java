@NullMarked
package dev.fairlead.control.probe;

import org.jspecify.annotations.NullMarked;
