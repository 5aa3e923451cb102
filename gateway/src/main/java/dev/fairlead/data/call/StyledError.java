package dev.fairlead.data.call;

import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.OneLine;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.data.call.Answer.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A refusal in the words of its caller's style.
///
/// @param httpStatus of the answer to a single call
public record StyledError(int code, int httpStatus, String text, Slice data) {
    public static StyledError of(ErrorPolicy errors, Refused refused) {
        return of(errors, refused, "");
    }

    /// @param method that was called, or empty when none is known
    public static StyledError of(ErrorPolicy errors, Refused refused, String method) {
        ErrorRow row = refused.why().row(errors.style());
        Slice data = data(row.data(), refused, errors);
        return new StyledError(row.code(), row.httpStatus(), text(row.text(), refused.detail(), method), data);
    }

    public RpcError rpcError() {
        return new RpcError(code, text, data);
    }

    /// The detail comes last, so that braces in it mean nothing.
    private static String text(String template, String detail, String method) {
        if (template.equals(ErrorRow.DETAIL)) return detail;
        return template.replace(ErrorRow.METHOD, OneLine.of(method)).replace(ErrorRow.DETAIL, detail);
    }

    private static Slice data(ErrorData shown, Refused refused, ErrorPolicy errors) {
        return switch (shown) {
            case NONE -> Slice.NONE;
            case OWN -> refused.data();
            case SEE -> Slice.of("{" + see(errors) + "}");
            case RATE -> Slice.of("{\"rate\":" + rate(refused) + "," + see(errors) + "}");
        };
    }

    private static String see(ErrorPolicy errors) {
        return "\"see\":" + new String(JsonText.encode(errors.see()), StandardCharsets.UTF_8);
    }

    /// Without `backoff_seconds` where coming again does not help.
    private static String rate(Refused refused) {
        String own = refused.data().isEmpty() ? "{}" : refused.data().text();
        Duration wait = refused.retryAfter();
        if (!wait.isPositive()) return own;
        String backoff = "{\"backoff_seconds\":" + wait.plusNanos(999_999_999).toSeconds();
        return own.equals("{}") ? backoff + "}" : backoff + "," + own.substring(1);
    }
}
