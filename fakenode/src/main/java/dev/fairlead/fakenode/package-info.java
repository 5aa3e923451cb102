/// A scriptable Ethereum node: a test's double, the demo's partner, a load target. A chain, a script and calls come
/// in; answers go out, true ones or what the script says instead. It knows nothing of the gateway.
///
/// Read [FakeNode] first, then [FakeChain] and [Behaviour].
@NullMarked
package dev.fairlead.fakenode;

import org.jspecify.annotations.NullMarked;
