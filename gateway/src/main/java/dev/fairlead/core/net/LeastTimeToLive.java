package dev.fairlead.core.net;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import io.netty.resolver.dns.DnsCnameCache;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Stands in for Netty's cache of the answers to one question. It keeps no answers, only their shortest time
/// to live, aliases included.
final class LeastTimeToLive implements DnsCache, DnsCnameCache {
    private final AtomicLong seconds = new AtomicLong(Long.MAX_VALUE);

    private record Entry(
            @Nullable InetAddress address, @Nullable Throwable cause) implements DnsCacheEntry {}

    Duration get() {
        return Duration.ofSeconds(Math.clamp(seconds.get(), 0, Integer.MAX_VALUE));
    }

    @Override
    public @Nullable List<? extends DnsCacheEntry> get(String host, DnsRecord @Nullable [] additionals) {
        return null;
    }

    @Override
    public DnsCacheEntry cache(
            String host, DnsRecord @Nullable [] additionals, InetAddress address, long timeToLive, EventLoop loop) {
        note(timeToLive);
        return new Entry(address, null);
    }

    @Override
    public DnsCacheEntry cache(String host, DnsRecord @Nullable [] additionals, Throwable cause, EventLoop loop) {
        return new Entry(null, cause);
    }

    @Override
    public @Nullable String get(String host) {
        return null;
    }

    @Override
    public void cache(String host, String alias, long timeToLive, EventLoop loop) {
        note(timeToLive);
    }

    private void note(long timeToLive) {
        seconds.accumulateAndGet(timeToLive, Math::min);
    }

    @Override
    public void clear() {}

    @Override
    public boolean clear(String host) {
        return false;
    }
}
