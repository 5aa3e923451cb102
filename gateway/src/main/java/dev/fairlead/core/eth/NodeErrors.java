package dev.fairlead.core.eth;

import dev.fairlead.core.jsonrpc.RpcError;
import org.jspecify.annotations.Nullable;

/// What a node's objection means.
public final class NodeErrors {
    private NodeErrors() {}

    public static Complaint complaint(Method method, int httpStatus, @Nullable RpcError error, String bodyStart) {
        return Complaint.INTERNAL;
    }

    public static boolean alreadyKnown(RpcError error) {
        return false;
    }

    public static boolean nonceTooLow(RpcError error) {
        return false;
    }
}
