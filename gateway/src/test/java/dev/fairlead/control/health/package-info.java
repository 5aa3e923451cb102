@NullMarked
package dev.fairlead.control.health;

import org.jspecify.annotations.NullMarked;
