@NullMarked
package dev.fairlead.data.transaction;

import org.jspecify.annotations.NullMarked;
