/// A client's messages to calls, and their answers to bytes, whatever transport they come by: in comes one message and
/// its [dev.fairlead.data.rpc.MessageExchange], out go calls on their way and one answer. Nothing here knows an HTTP
/// connection; each answer carries the status that HTTP would give it.
///
/// Read [dev.fairlead.data.rpc.MessageReader] first.
@NullMarked
package dev.fairlead.data.rpc;

import org.jspecify.annotations.NullMarked;
