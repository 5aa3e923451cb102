/// What the two planes share: chains, nodes, heads and verdicts, in one immutable value, and the board it hangs on.
@NullMarked
package dev.fairlead.core.fleet;

import org.jspecify.annotations.NullMarked;
