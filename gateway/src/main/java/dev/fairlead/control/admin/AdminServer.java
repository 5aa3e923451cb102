package dev.fairlead.control.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fairlead.control.admin.Problem.Kind;
import dev.fairlead.control.store.StoreFailure;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
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

    private final HttpServer http;
    private final ExecutorService threads;
    private volatile Gatekeeper gatekeeper;
    private final List<Route> routes;

    private AdminServer(HttpServer http, ExecutorService threads, Gatekeeper gatekeeper, List<Route> routes) {
        this.http = http;
        this.threads = threads;
        this.gatekeeper = gatekeeper;
        this.routes = routes;
    }

    /// Listens; port 0 takes any free one.
    ///
    /// @param connections most that may be open at once
    /// @throws IOException when the address is in use
    /// @throws IllegalArgumentException when it would be open to other machines without a token
    public static AdminServer start(AdminConfig config, int connections, AdminParts parts) throws IOException {
        InetSocketAddress listen = config.listen().isUnresolved()
                ? new InetSocketAddress(
                        config.listen().getHostString(), config.listen().getPort())
                : config.listen();
        if (listen.isUnresolved()) throw new IOException("no such host: " + listen.getHostString());
        requireToken(config.token(), listen);
        bound("sun.net.httpserver.nodelay", "true");
        bound("sun.net.httpserver.maxReqTime", "30");
        bound("sun.net.httpserver.maxRspTime", "60");
        bound("jdk.httpserver.maxConnections", Integer.toString(connections));
        HttpServer http = bind(listen);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        var server = new AdminServer(http, threads, new Gatekeeper(config.token()), new Api(parts).routes());
        http.setExecutor(threads);
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    private static HttpServer bind(InetSocketAddress listen) throws IOException {
        try {
            return HttpServer.create(listen, 128);
        } catch (BindException taken) {
            String where = listen.getHostString() + ":" + listen.getPort();
            throw new IOException(
                    "the admin API cannot listen at " + where + ": " + taken.getMessage()
                            + "; stop what listens there, or give another address (--admin-listen, admin.listen)",
                    taken);
        }
    }

    /// The JDK's server takes its bounds from nowhere else, once, when it is first used.
    private static void bound(String property, String value) {
        if (System.getProperty(property) == null) System.setProperty(property, value);
    }

    public InetSocketAddress address() {
        return http.getAddress();
    }

    /// From now on another token, or none.
    ///
    /// @throws IllegalArgumentException when there is none and the API is open to other machines
    public void admit(@Nullable String token) {
        requireToken(token, address());
        gatekeeper = new Gatekeeper(token);
    }

    private static void requireToken(@Nullable String token, InetSocketAddress listen) {
        if (token != null || listen.getAddress().isLoopbackAddress()) return;
        throw new IllegalArgumentException("expected admin.token beside an admin.listen that is not loopback (" + listen
                + "), found none; set it, or listen on 127.0.0.1");
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
            Wire.send(exchange, said);
        }
    }

    private Said said(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        Headers headers = exchange.getRequestHeaders();
        Gatekeeper gatekeeper = this.gatekeeper;
        if (!path.equals("/healthz")) {
            Optional<Problem> objection = gatekeeper.objection(
                    headers.getFirst("Authorization"), headers.getFirst("Host"), headers.getFirst("Origin"));
            if (objection.isPresent()) return refused(objection.get());
        }
        String verb = exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
        var allowed = new ArrayList<String>();
        for (Route route : routes) {
            Optional<Map<String, String>> places = route.match(path);
            if (places.isEmpty()) continue;
            if (route.verb().equals(verb)) {
                String who = Who.of(gatekeeper.asksForToken(), headers.getFirst("X-Fairlead-Who"));
                return said(route, places.get(), who, exchange);
            }
            allowed.add(route.verb());
        }
        if (allowed.isEmpty()) {
            return Said.problem(Problem.of(Kind.UNKNOWN, "there is nothing at this path", "GET / lists what there is"));
        }
        String verbs = String.join(", ", allowed);
        return Said.problem(Problem.of(Kind.VERB, "expected " + verbs + " at this path, found another verb", "use it"))
                .with("Allow", verbs);
    }

    private Said said(Route route, Map<String, String> places, String who, HttpExchange exchange) throws IOException {
        String body = Wire.body(exchange);
        if (body == null) {
            return Said.problem(Problem.of(
                    Kind.TOO_LARGE,
                    "expected a body of at most " + Wire.LARGEST_BODY + " bytes, found more",
                    "shorten it"));
        }
        return route.handler().apply(new Ask(places, Wire.query(exchange), who, body));
    }

    private static Said refused(Problem problem) {
        Said said = Said.problem(problem);
        return problem.status() == Kind.UNAUTHORIZED.status()
                ? said.with("WWW-Authenticate", "Bearer realm=\"fairlead\"")
                : said;
    }
}
