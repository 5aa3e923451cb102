/// How many bytes the process may hold for clients and nodes, all together.
@NullMarked
package dev.fairlead.core.memory;

import org.jspecify.annotations.NullMarked;
