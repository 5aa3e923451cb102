/// One attempt at one node: a request comes in, an `Outcome` goes out. Pools of connections, deadlines, waiting calls;
/// the control plane's questions go the same way. Read [Upstream] first.
@NullMarked
package dev.fairlead.core.upstream;

import org.jspecify.annotations.NullMarked;
