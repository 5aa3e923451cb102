package dev.fairlead.control.admin;

import dev.fairlead.core.fleet.OwnListener;
import dev.fairlead.core.jsonrpc.Replies;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// One answer of the admin API.
record Said(int status, String contentType, String body, Map<String, String> headers) {
    private static final int LOOP_CODE = -32017;
    static final int LOOP_STATUS = 508;

    static Said json(int status, Object view) {
        return new Said(status, "application/json", Json.text(view), Map.of());
    }

    static Said text(String contentType, String body) {
        return new Said(200, contentType, body, Map.of());
    }

    /// To a request of our own that was meant for a node: the one answer in the words of JSON-RPC.
    static Said loop() {
        byte[] error = Replies.error(Slice.NONE, new RpcError(LOOP_CODE, OwnListener.ADMIN.refusal()));
        return new Said(LOOP_STATUS, "application/json", new String(error, StandardCharsets.UTF_8), Map.of());
    }

    static Said problem(Problem problem) {
        return new Said(problem.status(), "application/problem+json", Json.text(problem), Map.of());
    }

    Said with(String header, String value) {
        return new Said(status, contentType, body, Map.of(header, value));
    }
}
