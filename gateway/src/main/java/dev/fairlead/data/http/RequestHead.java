package dev.fairlead.data.http;

import dev.fairlead.data.access.PresentedKey;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What of a request's head is still needed when its answer is written.
///
/// @param persistent whether the client wants to keep the connection
/// @param chunks whether it understands chunks: not before HTTP/1.1
/// @param bare whether the answer goes without its body: HEAD
/// @param gzip whether the answer may be compressed
/// @param coding how the request's body is compressed, or empty
/// @param requestId the client's name for the request, or null; goes back with the answer
/// @param past the marks of the gateways that it came through, or null
/// @param host the name that the client used for the gateway, in small letters and without port, or empty
/// @param key the caller's key as the headers have it
/// @param forwarded for whom proxies say that they forward it, or null
public record RequestHead(
        RequestTarget target,
        boolean persistent,
        boolean chunks,
        boolean bare,
        boolean gzip,
        String coding,
        @Nullable String origin,
        @Nullable String userAgent,
        @Nullable String requestId,
        @Nullable String past,
        String host,
        PresentedKey key,
        @Nullable ForwardedFor forwarded) {
    private static final int LONGEST_ID = 128;
    /// The most characters of a text that is kept only for logs and events.
    private static final int LONGEST_KEPT = 512;

    /// @param past as [dev.fairlead.core.net.RequestMark#past] tells
    public static RequestHead of(HttpRequest request, @Nullable String past) {
        HttpHeaders headers = request.headers();
        boolean webSocket = headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
        String accepted = headers.get(HttpHeaderNames.ACCEPT_ENCODING);
        String coding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        return new RequestHead(
                RequestTarget.of(request.method(), request.uri(), webSocket),
                HttpUtil.isKeepAlive(request),
                request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0,
                request.method().equals(HttpMethod.HEAD),
                accepted != null && GzipEncoder.acceptedBy(accepted),
                coding == null || coding.equalsIgnoreCase("identity")
                        ? ""
                        : start(coding.strip().toLowerCase(Locale.ROOT)),
                kept(headers.get(HttpHeaderNames.ORIGIN)),
                kept(headers.get(HttpHeaderNames.USER_AGENT)),
                safe(headers.get(HttpAnswer.REQUEST_ID)),
                past,
                Authority.host(request.uri(), headers.get(HttpHeaderNames.HOST)),
                KeyHeaders.of(headers),
                ForwardedFor.of(headers));
    }

    /// Whether nothing in it changes the head of an answer: HTTP/1.1, no browser, no name for the request, a body
    /// wanted.
    public boolean isUsual() {
        return chunks && origin == null && requestId == null && !bare;
    }

    /// The text, or null if it is too long: a connection keeps it from one request to the next, and no known
    /// origin or coding is longer.
    private static @Nullable String kept(@Nullable String text) {
        return text == null ? null : start(text);
    }

    private static String start(String text) {
        return text.length() <= LONGEST_KEPT ? text : text.substring(0, LONGEST_KEPT);
    }

    /// A name that may stand in a header and a log line as it is; any other counts as none.
    private static @Nullable String safe(@Nullable String id) {
        if (id == null || id.isEmpty() || id.length() > LONGEST_ID) return null;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            if (!letter && (c < '0' || c > '9') && "-._~:/+=@".indexOf(c) < 0) return null;
        }
        return id;
    }

    /// A request of which nothing could be read; its connection ends with the answer.
    public static RequestHead unreadable() {
        return named(null);
    }

    /// A request that cannot be read as a whole, though some of its headers may have been.
    public static RequestHead unreadable(HttpHeaders found) {
        return named(safe(found.get(HttpAnswer.REQUEST_ID)));
    }

    private static RequestHead named(@Nullable String requestId) {
        return new RequestHead(
                new RequestTarget.Nothing(),
                false,
                true,
                false,
                false,
                "",
                null,
                null,
                requestId,
                null,
                "",
                PresentedKey.NONE,
                null);
    }
}
