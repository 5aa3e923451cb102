@NullMarked
package dev.fairlead.control.judge;

import org.jspecify.annotations.NullMarked;
