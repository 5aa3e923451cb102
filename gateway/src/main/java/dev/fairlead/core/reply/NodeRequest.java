package dev.fairlead.core.reply;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.jsonrpc.Request;
import org.jspecify.annotations.Nullable;

/// What one attempt asks for, and so what its reply must be.
///
/// @param past the marks of the gateways that it came through, or null
public record NodeRequest(
        Request request, WireId id, @Nullable String past) {
    /// @param sent the id for the wire
    public static NodeRequest of(Request request, int sent, @Nullable String past) {
        return new NodeRequest(request, WireId.of(sent, request.id()), past);
    }

    Method method() {
        return MethodTable.of(request.method());
    }
}
