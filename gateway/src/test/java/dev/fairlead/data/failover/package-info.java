@NullMarked
package dev.fairlead.data.failover;

import org.jspecify.annotations.NullMarked;
