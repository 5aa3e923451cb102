package dev.fairlead.control.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fairlead.control.admin.Problem.Kind;
import dev.fairlead.control.store.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The admin listener: HTTP to asks, answers to HTTP. One virtual thread for each request.
public final class AdminServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AdminServer.class);
    private static final int LARGEST_BODY = 1024 * 1024;
    /// How much of a body that is too large is still read, so that its sender gets to see the answer.
    private static final int PATIENCE = 16 * 1024 * 1024;

    private final HttpServer http;
    private final ExecutorService threads;
    private final Gatekeeper gatekeeper;
    private final List<Route> routes;

    private AdminServer(HttpServer http, ExecutorService threads, Gatekeeper gatekeeper, List<Route> routes) {
        this.http = http;
        this.threads = threads;
        this.gatekeeper = gatekeeper;
        this.routes = routes;
    }

    /// Listens; port 0 takes any free one.
    ///
    /// @throws IOException when the address is in use
    /// @throws IllegalArgumentException when it would be open to other machines without a token
    public static AdminServer start(AdminConfig config, AdminParts parts) throws IOException {
        InetSocketAddress listen = config.listen().isUnresolved()
                ? new InetSocketAddress(
                        config.listen().getHostString(), config.listen().getPort())
                : config.listen();
        if (listen.isUnresolved()) throw new IOException("no such host: " + listen.getHostString());
        if (config.token() == null && !listen.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("expected admin.token beside an admin.listen that is not loopback ("
                    + listen + "), found none; set it, or listen on 127.0.0.1");
        }
        bound("sun.net.httpserver.nodelay", "true");
        bound("sun.net.httpserver.maxReqTime", "30");
        bound("sun.net.httpserver.maxRspTime", "60");
        bound("jdk.httpserver.maxConnections", "512");
        HttpServer http = HttpServer.create(listen, 128);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        var server = new AdminServer(http, threads, new Gatekeeper(config.token()), new Api(parts).routes());
        http.setExecutor(threads);
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    /// The JDK's server takes its bounds from nowhere else, once, when it is first used.
    private static void bound(String property, String value) {
        if (System.getProperty(property) == null) System.setProperty(property, value);
    }

    public InetSocketAddress address() {
        return http.getAddress();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Said said;
            try {
                said = said(exchange);
            } catch (StoreFailure failure) {
                said = Said.problem(
                        Problem.of(Kind.UNAVAILABLE, String.valueOf(failure.getMessage()), "see to the store"));
            } catch (RuntimeException bug) {
                log.error("a request to the admin API failed", bug);
                said = Said.problem(Problem.of(
                        Kind.INTERNAL,
                        "expected an answer, found " + bug.getClass().getSimpleName(),
                        "the log has the whole story; please report it"));
            }
            send(exchange, said);
        }
    }

    private Said said(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        Headers headers = exchange.getRequestHeaders();
        if (!path.equals("/healthz")) {
            Optional<Problem> objection = gatekeeper.objection(
                    headers.getFirst("Authorization"), headers.getFirst("Host"), headers.getFirst("Origin"));
            if (objection.isPresent()) return refused(objection.get());
        }
        String verb = exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
        var allowed = new java.util.ArrayList<String>();
        for (Route route : routes) {
            Optional<Map<String, String>> places = route.match(path);
            if (places.isEmpty()) continue;
            if (route.verb().equals(verb)) return said(route, places.get(), exchange);
            allowed.add(route.verb());
        }
        if (allowed.isEmpty()) {
            return Said.problem(Problem.of(Kind.UNKNOWN, "there is nothing at this path", "GET / lists what there is"));
        }
        String verbs = String.join(", ", allowed);
        return Said.problem(Problem.of(Kind.VERB, "expected " + verbs + " at this path, found another verb", "use it"))
                .with("Allow", verbs);
    }

    private Said said(Route route, Map<String, String> places, HttpExchange exchange) throws IOException {
        String body = body(exchange);
        if (body == null) {
            return Said.problem(Problem.of(
                    Kind.TOO_LARGE, "expected a body of at most " + LARGEST_BODY + " bytes, found more", "shorten it"));
        }
        String who =
                Who.of(gatekeeper.asksForToken(), exchange.getRequestHeaders().getFirst("X-Fairlead-Who"));
        return route.handler()
                .apply(new Ask(places, query(exchange.getRequestURI().getRawQuery()), who, body));
    }

    private static Said refused(Problem problem) {
        Said said = Said.problem(problem);
        return problem.status() == Kind.UNAUTHORIZED.status()
                ? said.with("WWW-Authenticate", "Bearer realm=\"fairlead\"")
                : said;
    }

    /// Null when it is too large.
    private static @Nullable String body(HttpExchange exchange) throws IOException {
        InputStream stream = exchange.getRequestBody();
        byte[] bytes = stream.readNBytes(LARGEST_BODY + 1);
        if (bytes.length <= LARGEST_BODY) return new String(bytes, StandardCharsets.UTF_8);
        stream.skip(PATIENCE);
        return null;
    }

    private static Map<String, String> query(@Nullable String raw) {
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

    private static void send(HttpExchange exchange, Said said) throws IOException {
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
