/// A scriptable Ethereum node: a test's double, the demo's partner, a load target. It knows nothing of the gateway.
@NullMarked
package dev.fairlead.fakenode;

import org.jspecify.annotations.NullMarked;
