package dev.fairlead.data.http;

import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.data.access.PresentedKey;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/// What a request is about, by its method and path alone.
public sealed interface RequestTarget {
    /// JSON-RPC for a chain: `/`, `/<chain>`, `/<key>`, `/v3/<key>`, `/<chain>/<key>`, `/<chain>/v3/<key>`.
    ///
    /// @param chain name or EIP-155 id, or empty when the path names none; alone it may as well be a key
    /// @param key what stands in the place of a key, and may be one, or a token; never shown
    record Calls(String chain, @Nullable String key) implements RequestTarget {
        @Override
        public String toString() {
            return "Calls[***]";
        }
    }

    record Alive() implements RequestTarget {}

    /// @param chain empty for the whole gateway
    record Ready(String chain) implements RequestTarget {}

    /// The front page.
    record Welcome() implements RequestTarget {}

    record Options() implements RequestTarget {}

    record WebSocket() implements RequestTarget {}

    /// @param allowed the methods that the path takes
    record WrongMethod(String allowed) implements RequestTarget {}

    record Nothing() implements RequestTarget {}

    /// The segment before the key in URLs of Infura.
    String INFURA = "v3";

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
        Calls calls = calls(path);
        if (calls == null) return new Nothing();
        if (method.equals(HttpMethod.POST)) return calls;
        if (reads && path.isEmpty()) return new Welcome();
        return new WrongMethod(path.isEmpty() ? "POST, GET, HEAD, OPTIONS" : "POST, OPTIONS");
    }

    /// @return null for a path of another form
    private static @Nullable Calls calls(String path) {
        int last = path.lastIndexOf('/');
        if (last < 0) return new Calls(path, null);
        String key = path.substring(last + 1);
        if (!ApiKey.hasForm(key) && !PresentedKey.looksLikeToken(key)) return null;
        String before = path.substring(0, last);
        if (before.equals(INFURA)) return new Calls("", key);
        String chain =
                before.endsWith("/" + INFURA) ? before.substring(0, before.length() - INFURA.length() - 1) : before;
        return chain.isEmpty() || chain.indexOf('/') >= 0 ? null : new Calls(chain, key);
    }

    /// The path without scheme and host (which proxies send), query, and slashes at either end.
    private static String path(String uri) {
        int from = 0;
        int scheme = uri.indexOf("://");
        if (scheme > 0 && uri.charAt(0) != '/') {
            from = scheme + "://".length();
            while (from < uri.length() && "/?#".indexOf(uri.charAt(from)) < 0) from++;
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
