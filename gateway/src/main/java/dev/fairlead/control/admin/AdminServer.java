package dev.fairlead.control.admin;

import dev.fairlead.control.admin.http.AdminAuthorization;
import dev.fairlead.control.admin.http.AdminConfig;
import dev.fairlead.control.admin.http.AdminLimits;
import dev.fairlead.control.admin.http.AdminLoop;
import dev.fairlead.control.admin.http.AdminRouter;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fault.Supervised;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.memory.MemoryShare;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;

/// The admin listener. It has an event loop of its own, so that nothing of the data plane is needed to look at it, and
/// every answer is ours: what cannot be read is told in the form of all other problems.
public final class AdminServer implements AutoCloseable {
    /// Connections that wait to be accepted, in the kernel: many come at once when all that were turned out come again.
    private static final int BACKLOG = 4096;

    private final InetSocketAddress address;
    private final AdminLoop loop;
    private final Supervised running;
    private volatile AdminRouter adminRouter;

    private AdminServer(
            ServerSocketChannel listener,
            AdminLimits limits,
            MemoryShare memory,
            AdminRouter adminRouter,
            Supervisor supervisor)
            throws IOException {
        this.address = (InetSocketAddress) listener.getLocalAddress();
        this.adminRouter = adminRouter;
        this.loop = AdminLoop.of(listener, limits, memory, () -> this.adminRouter, supervisor.faults());
        this.running = supervisor.loop(Part.ADMIN, Thread.ofPlatform().daemon().name("admin"), loop);
    }

    /// Listens; port 0 takes any free one.
    ///
    /// @param connections most that may be open at once
    /// @throws IOException when the address is in use
    /// @throws IllegalArgumentException when it would be open to other machines without a token
    public static AdminServer start(AdminConfig config, int connections, AdminParts parts) throws IOException {
        return start(config, AdminLimits.of(connections, parts.budgets().heap().most()), parts);
    }

    static AdminServer start(AdminConfig config, AdminLimits limits, AdminParts parts) throws IOException {
        InetSocketAddress listen = config.listen().isUnresolved()
                ? new InetSocketAddress(
                        config.listen().getHostString(), config.listen().getPort())
                : config.listen();
        if (listen.isUnresolved()) throw new IOException("no such host: " + listen.getHostString());
        requireToken(config.token(), listen);
        Supervisor supervisor = parts.supervisor();
        var adminRouter = new AdminRouter(
                new AdminAuthorization(config.token()), new Api(parts).routes(), parts.mark(), supervisor.faults());
        var memory = MemoryShare.of(parts.budgets().heap());
        var server = new AdminServer(bind(listen), limits, memory, adminRouter, supervisor);
        server.running.start();
        return server;
    }

    private static ServerSocketChannel bind(InetSocketAddress listen) throws IOException {
        var listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
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
        return address;
    }

    /// From now on another token, or none.
    ///
    /// @throws IllegalArgumentException when there is none and the API is open to other machines
    public void admit(@Nullable String token) {
        requireToken(token, address);
        AdminRouter before = adminRouter;
        adminRouter = new AdminRouter(new AdminAuthorization(token), before.routes(), before.mark(), before.faults());
    }

    private static void requireToken(@Nullable String token, InetSocketAddress listen) {
        if (token != null || listen.getAddress().isLoopbackAddress()) return;
        throw new IllegalArgumentException("expected admin.token beside an admin.listen that is not loopback (" + listen
                + "), found none; set it, or listen on 127.0.0.1");
    }

    @Override
    public void close() {
        running.stop();
        running.finish();
        loop.close();
    }
}
