/// From a client's message to its calls, and from their answers to bytes, whatever the transport. One message
/// comes in with its [dev.fairlead.data.rpc.MessageExchange]; its calls and one answer go out. Nothing here
/// knows an HTTP connection; each answer carries the status that HTTP would give it.
///
/// Read [dev.fairlead.data.rpc.MessageReader] first.
@NullMarked
package dev.fairlead.data.rpc;

import org.jspecify.annotations.NullMarked;
