package dev.fairlead.core.upstream;

import dev.fairlead.core.eth.Complaint;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import java.time.Duration;

/// What a node told the control plane, and how long it took.
public sealed interface EnquiryAnswer {
    Duration took();

    /// @param result raw JSON
    record Said(Slice result, Duration took) implements EnquiryAnswer {}

    /// The node spoke, but did not answer. Where it spoke no JSON-RPC, the error is ours and says its HTTP status.
    record Objected(RpcError error, Complaint complaint, Duration took) implements EnquiryAnswer {}

    /// We could not ask for a lack of our own: connections, descriptors, memory, or because we are leaving. It says
    /// nothing of the node.
    record Unasked(String cause, Duration took) implements EnquiryAnswer {}

    /// No answer, or none that makes sense.
    record Silent(String cause, Duration took) implements EnquiryAnswer {}
}
