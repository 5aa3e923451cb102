package dev.fairlead.core.net;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.url.LinkLocalAddress;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
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
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final Transport transport;
    private final Faults faults;
    private final int firstReserved =
            DescriptorShares.of(Descriptors.most(), Descriptors.open(), 0).firstOfAdmin();
    private final DnsCache dns = new DnsCache(System::nanoTime);
    private final TlsContexts trust = new TlsContexts();
    /// Name look-ups and certificate files block; platform threads, because a look-up would pin a virtual one's
    /// carrier.
    private final ThreadPoolExecutor blocking;

    public Dialer(Transport transport, Faults faults) {
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
    }

    /// What a connection is told once, on its loop.
    public interface Caller {
        /// The connection is up, TLS included; nothing has been read from it yet.
        void connected(Channel channel);

        void failed(String cause);
    }

    /// How `url` is reached. Called on `loop`, as is `caller`.
    ///
    /// @param linkLocal whether addresses of [LinkLocalAddress] may be called
    public Dial dial(EventLoop loop, URI url, Endpoint.@Nullable Tls tls, boolean linkLocal, Caller caller) {
        var address = HostPort.of(url);
        var dial = new Dial(transport, loop, address, caller, firstReserved, faults);
        List<InetAddress> known = dns.atOnce(address.host());
        boolean refused = known != null && !linkLocal && known.stream().anyMatch(LinkLocalAddress::holds);
        if (refused) loop.execute(() -> dial.fail(refusal(address)));
        else if (known != null && !address.secure()) dial.connect(new DialTarget(known, null));
        else ask(loop, address, tls, linkLocal, dial);
        return dial;
    }

    private static String refusal(HostPort address) {
        return "cannot connect to " + address + ": " + LinkLocalAddress.REFUSAL;
    }

    private void ask(EventLoop loop, HostPort address, Endpoint.@Nullable Tls tls, boolean linkLocal, Dial dial) {
        try {
            blocking.execute(() -> {
                try {
                    var target = new DialTarget(dns.ask(address.host()), address.secure() ? trust.context(tls) : null);
                    boolean refused = !linkLocal && target.addresses().stream().anyMatch(LinkLocalAddress::holds);
                    loop.execute(refused ? () -> dial.fail(refusal(address)) : () -> dial.connect(target));
                } catch (IOException unknown) {
                    loop.execute(() -> dial.fail(NetworkErrors.connecting(address, unknown)));
                } catch (RuntimeException | Error fault) {
                    faults.fault(Part.UPSTREAM, "a name could not be looked up", fault);
                    loop.execute(() -> dial.fail(NetworkErrors.connecting(address, fault)));
                }
            });
        } catch (RejectedExecutionException _) {
            dial.fail("too many new connections at once");
        }
    }

    public Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        blocking.shutdownNow();
    }
}
