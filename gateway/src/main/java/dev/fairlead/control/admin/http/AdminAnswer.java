package dev.fairlead.control.admin.http;

import dev.fairlead.control.admin.http.Problem.Kind;
import dev.fairlead.core.fleet.OwnListener;
import dev.fairlead.core.jsonrpc.Replies;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// One answer of the admin API.
public record AdminAnswer(int status, String contentType, String body, Map<String, String> headers) {
    private static final int LOOP_CODE = -32017;
    private static final int LOOP_STATUS = 508;

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

    /// There is no room right now.
    static AdminAnswer busy(String found) {
        return problem(Problem.of(Kind.BUSY, found, "come again in a second")).with("Retry-After", "1");
    }

    public AdminAnswer with(String header, String value) {
        return new AdminAnswer(status, contentType, body, Map.of(header, value));
    }

    /// What stands before the body.
    ///
    /// @param length of the body
    /// @param goesOn whether the connection does
    byte[] head(int length, boolean goesOn) {
        var head = new StringBuilder("HTTP/1.1 " + status + " " + reason(status) + "\r\n");
        field(head, "Content-Type", contentType);
        field(head, "Content-Length", Integer.toString(length));
        field(head, "Cache-Control", "no-store");
        field(head, "X-Content-Type-Options", "nosniff");
        headers.forEach((name, value) -> field(head, name, value));
        if (!goesOn) field(head, "Connection", "close");
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /// What went wrong is said in the body: several problems share a status.
    private static String reason(int status) {
        return status == LOOP_STATUS
                ? "Loop Detected"
                : HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    private static void field(StringBuilder head, String name, String value) {
        head.append(name)
                .append(": ")
                .append(value.replaceAll("\\p{Cntrl}", " "))
                .append("\r\n");
    }
}
