package dev.fairlead.core.upstream;

import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Endpoint.BasicAuth;
import dev.fairlead.core.net.HostPort;
import dev.fairlead.core.net.RequestMark;
import dev.fairlead.core.url.NodeText;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Everything before the body of a request to one node, written once; only the length of the body is still to come.
public final class NodeRequestHead {
    private NodeRequestHead() {}

    static byte[] to(Endpoint endpoint, RequestMark mark) {
        URI url = endpoint.http();
        var head = new StringBuilder("POST ").append(target(url)).append(" HTTP/1.1\r\n");
        headers(endpoint, url)
                .forEach((name, value) ->
                        head.append(name).append(": ").append(oneLine(value)).append("\r\n"));
        head.append(RequestMark.HEADER).append(": ").append(mark.mark()).append("\r\n");
        return head.append("content-length: ").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Path and query exactly as given; a key may hide in either.
    static String target(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    /// The headers that the node gets besides those of framing; the endpoint's own headers override the
    /// others.
    public static Map<String, String> headers(Endpoint endpoint, URI url) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("host", HostPort.of(url).authority());
        headers.put("content-type", "application/json");
        headers.put("user-agent", "fairlead");
        String credentials = credentials(endpoint, url);
        if (!credentials.isEmpty()) headers.put("authorization", "Basic " + credentials);
        endpoint.headers().forEach((name, value) -> {
            String key = name.toLowerCase(Locale.ROOT);
            if (NodeText.isHeader(key) && !NodeText.isOwnHeader(key)) headers.put(key, oneLine(value));
        });
        return headers;
    }

    private static String credentials(Endpoint endpoint, URI url) {
        BasicAuth auth = endpoint.auth();
        String plain = auth == null ? userInfo(url) : auth.user() + ":" + auth.password();
        return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static String userInfo(URI url) {
        if (url.getRawUserInfo() == null) return "";
        return URLDecoder.decode(url.getRawUserInfo().replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String oneLine(String value) {
        return value.replaceAll("[\\r\\n\\x00]", " ");
    }
}
