/// One attempt at one node: connections, deadline, Outcome.
@NullMarked
package dev.fairlead.core.upstream;

import org.jspecify.annotations.NullMarked;
