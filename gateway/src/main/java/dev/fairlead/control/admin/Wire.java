package dev.fairlead.control.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Bodies and queries off the wire, answers onto it.
final class Wire {
    static final int LARGEST_BODY = 1024 * 1024;
    /// How much of a body that is too large is still read, so that its sender gets to see the answer.
    private static final int PATIENCE = 16 * 1024 * 1024;

    private Wire() {}

    /// Null when it is too large.
    static @Nullable String body(HttpExchange exchange) throws IOException {
        InputStream stream = exchange.getRequestBody();
        byte[] bytes = stream.readNBytes(LARGEST_BODY + 1);
        if (bytes.length <= LARGEST_BODY) return new String(bytes, StandardCharsets.UTF_8);
        stream.skip(PATIENCE);
        return null;
    }

    static Map<String, String> query(HttpExchange exchange) {
        String raw = exchange.getRequestURI().getRawQuery();
        var query = new HashMap<String, String>();
        if (raw == null) return query;
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) continue;
            try {
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException _) {
                // A value that is not well encoded is as good as none.
                query.remove(pair.substring(0, equals));
            }
        }
        return query;
    }

    static void send(HttpExchange exchange, Said said) throws IOException {
        byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", said.contentType());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        said.headers().forEach(headers::set);
        boolean bodiless = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(said.status(), bodiless || body.length == 0 ? -1 : body.length);
        if (!bodiless) exchange.getResponseBody().write(body);
    }
}
