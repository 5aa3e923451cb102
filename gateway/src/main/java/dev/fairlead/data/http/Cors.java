package dev.fairlead.data.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What browsers are told about calls from other origins. Errors carry it too; otherwise pages could not read
/// them.
public record Cors(List<String> origins) {
    private static final String A_DAY = "86400";
    /// Also `application/json-rpc` and `application/jsonrequest`, as go-ethereum takes them.
    private static final String JSON = "application/json";

    private static final String METHODS = "POST, GET, HEAD, OPTIONS";
    private static final String HEADERS = "Content-Type, Authorization, X-API-Key";

    /// @param origin the request's `Origin`, or null when no browser sent it
    public void mark(HttpHeaders answer, @Nullable String origin) {
        if (origin == null) return;
        boolean any = origins.contains("*");
        if (!any) answer.add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        if (!allows(origin)) return;
        answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, any ? "*" : origin);
        answer.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After, X-Request-Id");
    }

    /// Case does not matter in host names, and a configuration may use capitals.
    boolean allows(String origin) {
        return origins.contains("*") || origins.stream().anyMatch(origin::equalsIgnoreCase);
    }

    /// Whether a page of another origin calls without a preflight: browsers send one before JSON, but none
    /// before what a form can send.
    public boolean isUnasked(@Nullable String origin, @Nullable String contentType) {
        return origin != null && !isJson(contentType) && !allows(origin);
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, JSON, 0, JSON.length());
    }

    /// The answer to a browser's preflight; [#mark] adds whether the page may call.
    public static HttpAnswer preflight(HttpHeaders request) {
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        headers.set(HttpHeaderNames.ALLOW, METHODS);
        if (request.contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD)) {
            String wanted = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, wanted == null ? HEADERS : wanted);
            headers.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, A_DAY);
            headers.set(HttpHeaderNames.VARY, HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        }
        return HttpAnswer.empty(headers);
    }
}
