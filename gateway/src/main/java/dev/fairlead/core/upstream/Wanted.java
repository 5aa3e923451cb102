package dev.fairlead.core.upstream;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.jsonrpc.Request;

/// What one attempt asks for, and so what its reply must be.
record Wanted(Request request, WireId id) {
    /// @param sent the id for the wire
    static Wanted of(Request request, int sent) {
        return new Wanted(request, WireId.of(sent, request.id()));
    }

    Method method() {
        return MethodTable.of(request.method());
    }
}
