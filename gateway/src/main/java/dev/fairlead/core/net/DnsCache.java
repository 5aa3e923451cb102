package dev.fairlead.core.net;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Host names to addresses, remembered for a few seconds so that a burst of new connections asks once.
final class DnsCache {
    private static final long REMEMBERED = Duration.ofSeconds(5).toNanos();
    private static final int MOST = 1024;

    private final LongSupplier clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(List<InetAddress> addresses, long until) {}

    DnsCache(LongSupplier clock) {
        this.clock = clock;
    }

    /// What can be told without asking anybody: IP literals, localhost, and what was asked just now.
    @Nullable
    List<InetAddress> atOnce(String host) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            if (literal != null) return List.of(InetAddress.getByAddress(literal));
            if (host.equalsIgnoreCase("localhost")) return List.of(NetUtil.LOCALHOST4, NetUtil.LOCALHOST6);
        } catch (UnknownHostException _) {
            return null;
        }
        Known before = known.get(host);
        return before != null && before.until - clock.getAsLong() > 0 ? before.addresses : null;
    }

    /// Asks; may take seconds.
    List<InetAddress> ask(String host) throws UnknownHostException {
        List<InetAddress> again = atOnce(host);
        if (again != null) return again;
        List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
        if (known.size() >= MOST) known.clear();
        known.put(host, new Known(addresses, clock.getAsLong() + REMEMBERED));
        return addresses;
    }
}
