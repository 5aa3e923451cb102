package dev.fairlead.core.net;

import io.netty.channel.EventLoop;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// One question about one name, put to the machine's DNS servers.
final class DnsLookUp {
    private DnsLookUp() {}

    /// @param timeToLive of the record that expires first
    record Found(List<InetAddress> addresses, Duration timeToLive) {}

    /// Ends on `loop`: with [DnsSilence] if no server answered, with another exception if a server knows no
    /// such name.
    static CompletableFuture<Found> ask(String host, ResolverConfig config, Transport transport, EventLoop loop) {
        var timeToLive = new LeastTimeToLive();
        var answer = new CompletableFuture<Found>();
        DnsNameResolver resolver = resolver(config, transport, loop, timeToLive);
        resolver.resolveAll(host).addListener((Future<List<InetAddress>> done) -> {
            resolver.close();
            if (done.isSuccess()) answer.complete(new Found(List.copyOf(done.getNow()), timeToLive.get()));
            else
                answer.completeExceptionally(
                        isSilence(done.cause()) ? new DnsSilence(config.shownServers()) : done.cause());
        });
        return answer;
    }

    /// Without a cache and a table of hosts: [KnownNames] remembers what was found, and the table was read
    /// before.
    private static DnsNameResolver resolver(
            ResolverConfig config, Transport transport, EventLoop loop, LeastTimeToLive timeToLive) {
        return new DnsNameResolverBuilder(loop)
                .datagramChannelType(transport.datagrams())
                .socketChannelType(transport.connecting()) // answers that are too long for a datagram
                .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
                .nameServerProvider(new SequentialDnsServerAddressStreamProvider(config.servers()))
                .searchDomains(config.search())
                .ndots(config.ndots())
                .queryTimeoutMillis(config.patience().toMillis())
                .hostsFileEntriesResolver((_, _) -> null)
                .completeOncePreferredResolved(false) // all addresses, to be tried in turn
                .resolveCache(timeToLive)
                .cnameCache(timeToLive)
                .build();
    }

    private static boolean isSilence(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof DnsNameResolverTimeoutException) return true;
        }
        return false;
    }
}
