package dev.fairlead.data.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/// HTTP status lines; one is missing from Netty's.
final class HttpStatuses {
    /// RFC 5842.
    private static final HttpResponseStatus LOOP_DETECTED = new HttpResponseStatus(508, "Loop Detected");

    private HttpStatuses() {}

    static HttpResponseStatus of(int code) {
        return code == LOOP_DETECTED.code() ? LOOP_DETECTED : HttpResponseStatus.valueOf(code);
    }
}
