/// One attempt at one node: a request comes in, an `Outcome` goes out. Pools of connections, deadlines, waiting calls;
/// the control plane's questions go the same way.
///
/// Read [Upstream] first, then [UpstreamRequest], one attempt; [NodeConnection], which carries one at a time; and
/// [ConnectionPool], where attempts wait for one. Each knows only those before it.
@NullMarked
package dev.fairlead.core.upstream;

import org.jspecify.annotations.NullMarked;
