/// The JSON-RPC 2.0 envelope. A client's body comes in; out come its requests, or the error that each is answered
/// with. Of a node's reply, out comes where its members stand. Ids and params keep the bytes of their sender.
///
/// Read [Envelope] and [Request] first, then [EnvelopeReader] and, for replies, [ReplyShape].
@NullMarked
package dev.fairlead.core.jsonrpc;

import org.jspecify.annotations.NullMarked;
