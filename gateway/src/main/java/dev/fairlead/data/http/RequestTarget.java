package dev.fairlead.data.http;

import io.netty.handler.codec.http.HttpMethod;

/// What a request is about, by its method and path alone.
public sealed interface RequestTarget {
    /// JSON-RPC for a chain.
    ///
    /// @param chain name or EIP-155 id, or empty for the sole chain
    record Calls(String chain) implements RequestTarget {}

    record Alive() implements RequestTarget {}

    /// @param chain empty for the whole gateway
    record Ready(String chain) implements RequestTarget {}

    /// The front page.
    record Welcome() implements RequestTarget {}

    record Options() implements RequestTarget {}

    record WebSocket() implements RequestTarget {}

    /// @param allowed the methods that the path takes
    record WrongMethod(String allowed) implements RequestTarget {}

    record Nothing(String path) implements RequestTarget {}

    /// @param uri as in the request line; its query is ignored
    static RequestTarget of(HttpMethod method, String uri, boolean upgradesToWebSocket) {
        String path = path(uri);
        if (method.equals(HttpMethod.OPTIONS)) return new Options();
        if (upgradesToWebSocket && method.equals(HttpMethod.GET)) return new WebSocket();
        boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        if (path.equals("healthz")) return reads ? new Alive() : new WrongMethod("GET, HEAD, OPTIONS");
        if (path.equals("readyz") || path.startsWith("readyz/")) {
            String chain = path.equals("readyz") ? "" : path.substring("readyz/".length());
            return reads ? new Ready(chain) : new WrongMethod("GET, HEAD, OPTIONS");
        }
        if (path.indexOf('/') >= 0) return new Nothing(path);
        if (method.equals(HttpMethod.POST)) return new Calls(path);
        if (reads && path.isEmpty()) return new Welcome();
        return new WrongMethod(path.isEmpty() ? "POST, GET, HEAD, OPTIONS" : "POST, OPTIONS");
    }

    /// The path without scheme and host (which proxies send), query, and slashes at either end.
    private static String path(String uri) {
        int from = 0;
        int scheme = uri.indexOf("://");
        if (scheme > 0 && uri.charAt(0) != '/') {
            int slash = uri.indexOf('/', scheme + 3);
            from = slash < 0 ? uri.length() : slash;
        }
        int to = end(uri, from);
        if (from < to && uri.charAt(from) == '/') from++;
        if (from < to && uri.charAt(to - 1) == '/') to--;
        return uri.substring(from, to);
    }

    private static int end(String uri, int from) {
        for (int i = from; i < uri.length(); i++) {
            if (uri.charAt(i) == '?' || uri.charAt(i) == '#') return i;
        }
        return uri.length();
    }
}
