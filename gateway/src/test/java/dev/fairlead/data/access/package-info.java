@NullMarked
package dev.fairlead.data.access;

import org.jspecify.annotations.NullMarked;
