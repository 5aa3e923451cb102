/// Chains, nodes, heads and verdicts as values, the Fleet they make, and the board it hangs on. Control writes them,
/// everybody reads them. Read [Fleet] first.
@NullMarked
package dev.fairlead.core.fleet;

import org.jspecify.annotations.NullMarked;
