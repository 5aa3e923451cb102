package dev.fairlead.control.admin;

import dev.fairlead.control.admin.http.AdminAuthorization;
import dev.fairlead.control.admin.http.AdminConfig;
import dev.fairlead.control.admin.http.AdminConnection;
import dev.fairlead.control.admin.http.AdminRouter;
import dev.fairlead.control.admin.http.Problem;
import dev.fairlead.control.admin.http.Problem.Kind;
import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fault.Supervised;
import dev.fairlead.core.fault.Supervisor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The admin listener. One virtual thread for each connection, so that it works without the data plane. Every
/// answer is made here: a request that cannot be read gets a problem in the same form as all others.
public final class AdminServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AdminServer.class);
    private static final int BACKLOG = 128;
    private static final Duration SWEEP = Duration.ofSeconds(5);
    /// The pause after a connection could not be accepted, because no descriptor was left.
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ServerSocket listener;
    private final int most;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Faults faults;
    private final Supervised accepting;
    private final Supervised sweeping;
    private final Set<AdminConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile AdminRouter adminRouter;

    private AdminServer(ServerSocket listener, int most, AdminRouter adminRouter, Supervisor supervisor) {
        this.listener = listener;
        this.most = most;
        this.adminRouter = adminRouter;
        this.faults = supervisor.faults();
        this.accepting = supervisor.loop(Part.ADMIN, Thread.ofVirtual().name("admin-accept"), this::accept);
        this.sweeping = supervisor.loop(Part.ADMIN, Thread.ofVirtual().name("admin-sweep"), this::sweep);
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
        Supervisor supervisor = parts.supervisor();
        var adminRouter = new AdminRouter(
                new AdminAuthorization(config.token()), new Api(parts).routes(), parts.mark(), supervisor.faults());
        var server = new AdminServer(bind(listen), connections, adminRouter, supervisor);
        server.accepting.start();
        server.sweeping.start();
        return server;
    }

    private static ServerSocket bind(InetSocketAddress listen) throws IOException {
        var listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(listen, BACKLOG);
            return listener;
        } catch (BindException taken) {
            listener.close();
            String where = listen.getHostString() + ":" + listen.getPort();
            throw new IOException(
                    "the admin API cannot listen at " + where + ": " + taken.getMessage()
                            + "; stop what listens there, or give another address (--admin-listen, admin.listen)",
                    taken);
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /// From now on another token is needed, or none.
    ///
    /// @throws IllegalArgumentException when there is none and the API is open to other machines
    public void admit(@Nullable String token) {
        requireToken(token, address());
        adminRouter = new AdminRouter(new AdminAuthorization(token), adminRouter.routes(), adminRouter.mark(), faults);
    }

    private static void requireToken(@Nullable String token, InetSocketAddress listen) {
        if (token != null || listen.getAddress().isLoopbackAddress()) return;
        throw new IllegalArgumentException("expected admin.token beside an admin.listen that is not loopback (" + listen
                + "), found none; set it, or listen on 127.0.0.1");
    }

    private void accept() throws InterruptedException {
        boolean told = false;
        while (!listener.isClosed()) {
            try {
                welcome(listener.accept());
                told = false;
            } catch (IOException cannot) {
                if (listener.isClosed()) return;
                if (!told) log.warn("the admin API cannot accept a connection: {}", cannot.getMessage());
                told = true;
                Thread.sleep(PAUSE);
            }
        }
    }

    /// A connection that nobody serves must not stay open.
    private void welcome(Socket socket) throws IOException {
        try {
            serve(socket);
        } catch (RuntimeException | Error fault) {
            socket.close();
            throw fault;
        }
    }

    private void serve(Socket socket) throws IOException {
        var connection = new AdminConnection(socket, () -> adminRouter, AdminConnection.REQUEST);
        if (connections.size() >= most) {
            connection.turnAway(Problem.of(Kind.BUSY, "expected at most " + most + " connections", "come again later"));
            return;
        }
        connections.add(connection);
        Runnable served = faults.guarded(Part.ADMIN, "a connection of the admin API broke", connection);
        boolean begun = false;
        try {
            threads.execute(() -> {
                try {
                    served.run();
                } finally {
                    connections.remove(connection);
                }
            });
            begun = true;
        } finally {
            if (!begun) connections.remove(connection);
        }
    }

    private void sweep() throws InterruptedException {
        while (true) {
            Thread.sleep(SWEEP);
            long now = System.nanoTime();
            connections.forEach(connection -> connection.expire(now));
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException cannot) {
            log.debug("the admin API's listener did not close", cannot);
        }
        accepting.stop();
        sweeping.stop();
        connections.forEach(AdminConnection::close);
        threads.shutdownNow();
    }
}
