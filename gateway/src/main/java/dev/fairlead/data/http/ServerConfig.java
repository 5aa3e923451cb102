package dev.fairlead.data.http;

import dev.fairlead.data.access.IpRange;
import dev.fairlead.data.rpc.ServerLimits;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Settings of the listeners for clients.
///
/// @param listen where clients connect
/// @param tls null serves clear text
/// @param corsOrigins origins that browsers may call from; `*` is any
/// @param gzip whether replies are compressed for clients that accept it
/// @param hosts chains by the host names that clients use; `*.` at the beginning stands for any one label
/// @param trustedProxies who may say for whom it forwards
public record ServerConfig(
        List<InetSocketAddress> listen,
        @Nullable Tls tls,
        List<String> corsOrigins,
        boolean gzip,
        Map<String, String> hosts,
        List<IpRange> trustedProxies,
        ServerLimits limits,
        Timeouts timeouts) {
    public static final ServerConfig DEFAULT = new ServerConfig(
            List.of(new InetSocketAddress("127.0.0.1", 8080)),
            null,
            List.of("*"),
            true,
            Map.of(),
            List.of(),
            ServerLimits.DEFAULT,
            Timeouts.DEFAULT);

    public ServerConfig {
        listen = List.copyOf(listen);
        corsOrigins = List.copyOf(corsOrigins);
        hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
        trustedProxies = List.copyOf(trustedProxies);
    }

    public ServerConfig(
            List<InetSocketAddress> listen,
            @Nullable Tls tls,
            List<String> corsOrigins,
            boolean gzip,
            ServerLimits limits,
            Timeouts timeouts) {
        this(listen, tls, corsOrigins, gzip, Map.of(), List.of(), limits, timeouts);
    }

    /// The chain that a host name stands for, or an empty text.
    ///
    /// @param host in small letters, without port
    public String chain(String host) {
        if (hosts.isEmpty()) return "";
        String exact = hosts.get(host);
        if (exact != null) return exact;
        int dot = host.indexOf('.');
        return dot <= 0 ? "" : hosts.getOrDefault("*" + host.substring(dot), "");
    }

    public ServerConfig listeningAt(List<InetSocketAddress> addresses) {
        return new ServerConfig(addresses, tls, corsOrigins, gzip, hosts, trustedProxies, limits, timeouts);
    }

    /// PEM files; read again when they change.
    public record Tls(Path certificate, Path key) {}

    /// @param header from connecting, or the last answer, to the end of the next request's headers once they began
    /// @param body from the end of the headers to the end of the body
    /// @param idle a connection without a call; above the 60 s that load balancers use
    /// @param call the longest until a client gets an answer, even if that is a refusal
    /// @param slowReader how long a client may take nothing of an answer that is ready
    /// @param stop how long calls may take to finish at shutdown
    public record Timeouts(
            Duration header, Duration body, Duration idle, Duration call, Duration slowReader, Duration stop) {
        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(75),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30));
    }
}
