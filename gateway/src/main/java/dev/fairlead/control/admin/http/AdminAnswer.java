package dev.fairlead.control.admin.http;

import dev.fairlead.core.fleet.OwnListener;
import dev.fairlead.core.jsonrpc.Replies;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// One answer of the admin API.
public record AdminAnswer(int status, String contentType, String body, Map<String, String> headers) {
    private static final int LOOP_CODE = -32017;
    static final int LOOP_STATUS = 508;

    public static AdminAnswer json(int status, Object view) {
        return new AdminAnswer(status, "application/json", AdminJson.text(view), Map.of());
    }

    public static AdminAnswer text(String contentType, String body) {
        return new AdminAnswer(200, contentType, body, Map.of());
    }

    /// The answer to a request of our own that was meant for a node: the only one in JSON-RPC.
    static AdminAnswer loop() {
        byte[] error = Replies.error(Slice.NONE, new RpcError(LOOP_CODE, OwnListener.ADMIN.refusal()));
        return new AdminAnswer(LOOP_STATUS, "application/json", new String(error, StandardCharsets.UTF_8), Map.of());
    }

    public static AdminAnswer problem(Problem problem) {
        return new AdminAnswer(problem.status(), "application/problem+json", AdminJson.text(problem), Map.of());
    }

    public AdminAnswer with(String header, String value) {
        return new AdminAnswer(status, contentType, body, Map.of(header, value));
    }
}
