/// The JSON-RPC 2.0 envelope: requests, batches, replies and error codes. Ids and params keep the client's bytes.
@NullMarked
package dev.fairlead.core.jsonrpc;

import org.jspecify.annotations.NullMarked;
