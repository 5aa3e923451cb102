package dev.fairlead.core.net;

import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Host names to addresses. Looked at in this order: literals and `localhost`, what was found lately, the
/// table of hosts, DNS for as long as its answers hold, and the JVM's own resolver.
final class NameLookUp {
    /// The system does not say for how long its answers hold.
    private static final Duration BY_SYSTEM = Duration.ofSeconds(5);

    private static final int MOST_UNDER_WAY = 1024;
    private static final List<InetAddress> LOOPBACK = List.of(NetUtil.LOCALHOST4, NetUtil.LOCALHOST6);

    private final NameSources sources;
    private final @Nullable HostsFile hosts;
    private final Transport transport;
    private final Executor blocking;
    private final KnownNames known;
    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    /// @param blocking for what the system is asked
    /// @param clock `System.nanoTime()`
    NameLookUp(NameSources sources, Transport transport, Executor blocking, LongSupplier clock) {
        this.sources = sources;
        this.hosts = sources.hosts() == null ? null : new HostsFile(sources.hosts());
        this.transport = transport;
        this.blocking = blocking;
        this.known = new KnownNames(clock);
    }

    /// What can be told without asking anybody, or null.
    @Nullable
    List<InetAddress> atOnce(String host) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) return address(literal);
        if (host.equalsIgnoreCase("localhost")) return LOOPBACK;
        return known.addresses(host);
    }

    private static @Nullable List<InetAddress> address(byte[] literal) {
        try {
            return List.of(InetAddress.getByAddress(literal));
        } catch (UnknownHostException _) {
            return null;
        }
    }

    /// None of the addresses was of use: the next connection looks the name up again.
    void forget(String host) {
        known.forget(host);
    }

    /// Reads files, so it must be called where blocking is allowed. Several callers that ask for one name at
    /// once share one answer.
    ///
    /// @param loop where DNS is asked
    /// @return ends on any thread, with an [UnknownHostException] where there is no address
    CompletableFuture<List<InetAddress>> lookUp(String host, EventLoop loop) {
        List<InetAddress> again = atOnce(host);
        if (again != null) return CompletableFuture.completedFuture(again);
        var answer = new CompletableFuture<List<InetAddress>>();
        CompletableFuture<List<InetAddress>> other = underWay.putIfAbsent(host, answer);
        if (other != null) return other;
        answer.whenComplete((_, _) -> underWay.remove(host, answer));
        try {
            if (underWay.size() > MOST_UNDER_WAY) throw new RejectedExecutionException("too many names are looked up");
            look(host, loop, answer);
        } catch (RuntimeException | Error fault) {
            answer.completeExceptionally(fault);
        }
        return answer;
    }

    private void look(String host, EventLoop loop, CompletableFuture<List<InetAddress>> answer) {
        List<InetAddress> written = hosts == null ? List.of() : hosts.addresses(host);
        if (written.isEmpty() && isLocal(host)) written = LOOPBACK;
        if (!written.isEmpty()) {
            answer.complete(written);
            return;
        }
        Optional<ResolverConfig> config =
                sources.resolver() == null ? Optional.empty() : ResolverConfig.read(sources.resolver());
        if (config.isEmpty()) {
            askSystem(host, answer);
            return;
        }
        ResolverConfig servers = config.get();
        loop.execute(() -> askDns(host, servers, loop, answer));
    }

    private void askDns(
            String host, ResolverConfig servers, EventLoop loop, CompletableFuture<List<InetAddress>> answer) {
        try {
            DnsLookUp.ask(host, servers, transport, loop)
                    .whenComplete((found, failure) -> answered(host, found, failure, answer));
        } catch (RuntimeException | Error fault) {
            answer.completeExceptionally(fault);
        }
    }

    /// Names below `localhost` mean this machine (RFC 6761), unless the table of hosts says otherwise.
    private static boolean isLocal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return bare.equals("localhost") || bare.endsWith(".localhost");
    }

    /// A name that DNS does not know may be one of those that only the system knows: of multicast DNS, of a directory.
    private void answered(
            String host,
            DnsLookUp.@Nullable Found found,
            @Nullable Throwable failure,
            CompletableFuture<List<InetAddress>> answer) {
        if (found != null && !found.addresses().isEmpty()) {
            known.put(host, found.addresses(), found.timeToLive());
            answer.complete(found.addresses());
        } else if (cause(failure) instanceof DnsSilence silence) {
            answer.completeExceptionally(silence);
        } else {
            onBlocking(() -> askSystem(host, answer), answer);
        }
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void onBlocking(Runnable task, CompletableFuture<List<InetAddress>> answer) {
        try {
            blocking.execute(task);
        } catch (RejectedExecutionException full) {
            answer.completeExceptionally(full);
        }
    }

    private void askSystem(String host, CompletableFuture<List<InetAddress>> answer) {
        try {
            List<InetAddress> addresses = sources.system().addresses(host);
            known.put(host, addresses, BY_SYSTEM);
            answer.complete(addresses);
        } catch (UnknownHostException | RuntimeException | Error failure) {
            answer.completeExceptionally(failure);
        }
    }
}
