package dev.fairlead.core.net;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.url.LinkLocalAddress;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Opens connections: name, address, TCP, TLS. Shared by all event loops.
public final class Dialer implements AutoCloseable {
    private static final int ASKING_AT_ONCE = 4;
    private static final int MOST_ASKING = 1024;
    private static final String TOO_MANY = "too many new connections at once";
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final Transport transport;
    private final Faults faults;
    private final int firstReserved =
            DescriptorShares.of(Descriptors.most(), Descriptors.open(), 0).firstOfAdmin();
    private final NameLookUp names;
    private final TlsContexts trust = new TlsContexts();
    /// Reading files blocks, and so does asking the system for a name. Platform threads, because the system's
    /// call would pin the carrier of a virtual one.
    private final ThreadPoolExecutor blocking;

    public Dialer(Transport transport, Faults faults) {
        this(transport, faults, NameSources.ofMachine());
    }

    Dialer(Transport transport, Faults faults, NameSources sources) {
        this.transport = transport;
        this.faults = faults;
        this.blocking = new ThreadPoolExecutor(
                ASKING_AT_ONCE,
                ASKING_AT_ONCE,
                KEPT.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_ASKING),
                Thread.ofPlatform().daemon().name("names-", 0).factory());
        blocking.allowCoreThreadTimeOut(true);
        this.names = new NameLookUp(sources, transport, blocking, System::nanoTime);
    }

    /// How `url` is reached. Called on `loop`, as is `caller`.
    ///
    /// @param linkLocal whether addresses of [LinkLocalAddress] may be called
    public Dial dial(EventLoop loop, URI url, Endpoint.@Nullable Tls tls, boolean linkLocal, Dial.Caller caller) {
        var address = HostPort.of(url);
        Runnable useless = () -> names.forget(address.host());
        var dial = new Dial(transport, loop, address, caller, useless, firstReserved, faults);
        List<InetAddress> known = names.atOnce(address.host());
        if (known != null && isRefused(known, linkLocal)) loop.execute(() -> dial.fail(refusal(address)));
        else if (known != null && !address.secure()) dial.connect(new DialTarget(known, null));
        else prepare(loop, address, tls, linkLocal, dial, known != null);
        return dial;
    }

    private static boolean isRefused(List<InetAddress> addresses, boolean linkLocal) {
        return !linkLocal && addresses.stream().anyMatch(LinkLocalAddress::holds);
    }

    private static String refusal(HostPort address) {
        return "cannot connect to " + address + ": " + LinkLocalAddress.REFUSAL;
    }

    private void prepare(
            EventLoop loop, HostPort address, Endpoint.@Nullable Tls tls, boolean linkLocal, Dial dial, boolean known) {
        if (!known) dial.lookingUp();
        try {
            blocking.execute(() -> ask(loop, address, tls, linkLocal, dial));
        } catch (RejectedExecutionException _) {
            dial.fail(TOO_MANY);
        }
    }

    private void ask(EventLoop loop, HostPort address, Endpoint.@Nullable Tls tls, boolean linkLocal, Dial dial) {
        try {
            SslContext context = address.secure() ? trust.context(tls) : null;
            names.lookUp(address.host(), loop).whenComplete((addresses, failure) -> {
                if (failure != null) tell(loop, address, dial, failure);
                else loop.execute(() -> found(address, new DialTarget(addresses, context), linkLocal, dial));
            });
        } catch (IOException | RuntimeException | Error failure) {
            tell(loop, address, dial, failure);
        }
    }

    private static void found(HostPort address, DialTarget target, boolean linkLocal, Dial dial) {
        if (isRefused(target.addresses(), linkLocal)) dial.fail(refusal(address));
        else dial.connect(target);
    }

    private void tell(EventLoop loop, HostPort address, Dial dial, Throwable failure) {
        boolean full = failure instanceof RejectedExecutionException;
        boolean usual = full || failure instanceof IOException;
        if (!usual) faults.fault(Part.UPSTREAM, "a name could not be looked up", failure);
        String cause = full ? TOO_MANY : NetworkErrors.connecting(address, failure);
        if (!loop.isShuttingDown()) loop.execute(() -> dial.fail(cause));
    }

    public Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        blocking.shutdownNow();
    }
}
