/// Facts about Ethereum that hold for every node: the method table, block references, hashes, and what a node's
/// error text means. A method's name, the params of a call or a node's error come in; out comes what the gateway
/// must know of them: whether a call may be made twice, which block it is about, whose fault an error is.
///
/// Read [MethodTable] first, then [BlockAt] and [NodeErrors].
@NullMarked
package dev.fairlead.core.eth;

import org.jspecify.annotations.NullMarked;
