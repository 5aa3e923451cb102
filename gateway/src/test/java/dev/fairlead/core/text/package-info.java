@NullMarked
package dev.fairlead.core.text;

import org.jspecify.annotations.NullMarked;
