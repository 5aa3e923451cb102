package dev.fairlead.data.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A fault in a request's head that the decoder lets pass and RFC 9110 to 9113 forbid. A proxy may read such a
/// head in another way, and so see another request; the connection therefore ends with the answer.
public record RequestHeadFault(HttpResponseStatus status, String detail) {
    private static final String CHUNKED = "chunked";

    /// By which it is decided who may call, and what.
    private static final List<AsciiString> SAID_ONCE =
            List.of(HttpHeaderNames.ORIGIN, HttpHeaderNames.USER_AGENT, HttpHeaderNames.CONTENT_TYPE);

    /// @param isStream whether it came by HTTP/2, whose head the codec has put into the form of HTTP/1.1
    /// @return null when there is none
    public static @Nullable RequestHeadFault of(HttpRequest request, boolean isStream) {
        RequestHeadFault fault = version(request.protocolVersion());
        if (fault == null) fault = target(request.method(), request.uri());
        if (fault == null) fault = host(request, isStream);
        if (fault == null) fault = ambiguous(request.headers());
        return fault != null || isStream ? fault : transferCodings(request);
    }

    private static @Nullable RequestHeadFault version(HttpVersion version) {
        if (version.majorVersion() == 1 && version.protocolName().equals("HTTP")) return null;
        return new RequestHeadFault(
                HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "Expected HTTP/1.1 or HTTP/1.0, found " + version);
    }

    /// RFC 9112, 3.2: a path, a whole URL as proxies get it, or what only one method may have.
    private static @Nullable RequestHeadFault target(HttpMethod method, String uri) {
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) <= ' ' || uri.charAt(i) > '~') {
                return bad("The request target has a character that must be percent-encoded");
            }
        }
        if (uri.startsWith("/")) return null;
        if (method.equals(HttpMethod.CONNECT) || (method.equals(HttpMethod.OPTIONS) && uri.equals("*"))) return null;
        if (Authority.isLegal(Authority.of(uri))) return null;
        return bad("Expected a request target that is a path or a whole URL with http:// or https://");
    }

    /// RFC 9112, 3.2 and RFC 9113, 8.3.1, where the codec has added `:authority` as a Host.
    private static @Nullable RequestHeadFault host(HttpRequest request, boolean isStream) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        boolean mayLack = !isStream && request.protocolVersion().minorVersion() == 0;
        if (hosts.isEmpty()) return mayLack ? null : bad("Expected a Host header, found none");
        String host = hosts.getFirst();
        if (hosts.size() > 1 && !(isStream && hosts.stream().allMatch(host::equalsIgnoreCase))) {
            return bad("Expected one Host, found " + hosts.size());
        }
        return host.isEmpty() || Authority.isLegal(host) ? null : bad("The Host is not a legal host and port");
    }

    /// RFC 9110, 5.3: none of them is a list, and who reads the first decides otherwise than who reads the last.
    private static @Nullable RequestHeadFault ambiguous(HttpHeaders headers) {
        for (AsciiString name : SAID_ONCE) {
            Iterator<? extends CharSequence> values = headers.valueCharSequenceIterator(name);
            if (!values.hasNext()) continue;
            CharSequence first = values.next();
            while (values.hasNext()) {
                if (!AsciiString.contentEquals(first, values.next())) {
                    return bad("Expected one " + name + " header, found several that differ");
                }
            }
        }
        return null;
    }

    /// RFC 9112, 6.1.
    private static @Nullable RequestHeadFault transferCodings(HttpRequest request) {
        HttpHeaders headers = request.headers();
        if (!headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) return null;
        if (request.protocolVersion().minorVersion() == 0) return bad("HTTP/1.0 knows no Transfer-Encoding");
        if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            return bad("Expected Content-Length or Transfer-Encoding, found both");
        }
        String codings = String.join(",", headers.getAll(HttpHeaderNames.TRANSFER_ENCODING));
        int chunked = 0;
        for (String coding : codings.split(",", -1)) {
            if (!coding.strip().equalsIgnoreCase(CHUNKED)) return unknownCoding(coding.strip());
            chunked++;
        }
        return chunked == 1 ? null : bad("Expected the transfer coding chunked once, found it " + chunked + " times");
    }

    private static RequestHeadFault unknownCoding(String coding) {
        String name =
                coding.contains(";") ? coding.substring(0, coding.indexOf(';')).strip() : coding;
        if (name.isEmpty() || !name.chars().allMatch(RequestHeadFault::isTokenChar)) {
            return bad("The Transfer-Encoding is not a list of transfer codings");
        }
        return new RequestHeadFault(
                HttpResponseStatus.NOT_IMPLEMENTED,
                "Expected no transfer coding but chunked; a compressed body is told by Content-Encoding");
    }

    private static boolean isTokenChar(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private static RequestHeadFault bad(String detail) {
        return new RequestHeadFault(HttpResponseStatus.BAD_REQUEST, detail);
    }
}
