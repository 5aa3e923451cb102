package dev.fairlead.config.keys;

import dev.fairlead.control.admin.http.AdminConfig;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.OwnListener;
import dev.fairlead.core.memory.MemoryConfig;
import dev.fairlead.core.net.Transport;
import dev.fairlead.core.policy.PolicyPlan;
import dev.fairlead.core.text.KeyPlaces;
import dev.fairlead.core.upstream.UpstreamConfig;
import dev.fairlead.core.url.OwnAddress;
import dev.fairlead.data.cache.CacheConfig;
import dev.fairlead.data.http.ServerConfig;
import dev.fairlead.data.limit.shared.RedisConfig;
import dev.fairlead.data.load.DispatchConfig;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/// A whole configuration, read and found valid.
///
/// @param memory what may be held for clients and nodes
/// @param loops the event loops that serve clients and nodes alike
/// @param logs how log lines look, and from which level on they are written
/// @param redis over which limits are shared with other gateways
/// @param cache what is kept of nodes' answers
/// @param policy who may call what
/// @param chains what the file declares, in its order
/// @param places where the keys stand in the file
public record Settings(
        ServerConfig server,
        UpstreamConfig upstream,
        DispatchConfig dispatch,
        AdminConfig admin,
        StoreConfig store,
        MemoryConfig memory,
        Loops loops,
        Logs logs,
        RedisConfig redis,
        CacheConfig cache,
        PolicyPlan policy,
        List<ChainPlan> chains,
        KeyPlaces places) {
    public static final Settings DEFAULT = new Settings(
            ServerConfig.DEFAULT,
            UpstreamConfig.DEFAULT,
            DispatchConfig.DEFAULT,
            AdminConfig.DEFAULT,
            StoreConfig.DEFAULT,
            MemoryConfig.DEFAULT,
            Loops.DEFAULT,
            Logs.DEFAULT,
            RedisConfig.NONE,
            CacheConfig.DEFAULT,
            PolicyPlan.NONE,
            List.of(),
            KeyPlaces.NONE);

    public Settings {
        chains = List.copyOf(chains);
    }

    /// Where this gateway listens, as far as it is known before it does.
    public List<OwnAddress> ownAddresses() {
        return ownAddresses(server.listen(), admin.listen());
    }

    public static List<OwnAddress> ownAddresses(List<InetSocketAddress> clients, InetSocketAddress admin) {
        var own = new ArrayList<OwnAddress>();
        for (InetSocketAddress at : clients) own.add(new OwnAddress(OwnListener.CLIENTS, at));
        own.add(new OwnAddress(OwnListener.ADMIN, admin));
        return List.copyOf(own);
    }

    /// Whether clients can reach this gateway from its own machine alone.
    public boolean isOnlyOnLoopback() {
        return server.listen().stream().allMatch(at -> at.getAddress().isLoopbackAddress());
    }

    public Settings with(ServerConfig other) {
        return new Settings(
                other, upstream, dispatch, admin, store, memory, loops, logs, redis, cache, policy, chains, places);
    }

    public Settings with(AdminConfig other) {
        return new Settings(
                server, upstream, dispatch, other, store, memory, loops, logs, redis, cache, policy, chains, places);
    }

    public Settings with(StoreConfig other) {
        return new Settings(
                server, upstream, dispatch, admin, other, memory, loops, logs, redis, cache, policy, chains, places);
    }

    public Settings with(Loops other) {
        return new Settings(
                server, upstream, dispatch, admin, store, memory, other, logs, redis, cache, policy, chains, places);
    }

    public Settings with(List<ChainPlan> other) {
        return new Settings(
                server, upstream, dispatch, admin, store, memory, loops, logs, redis, cache, policy, other, places);
    }

    public Settings with(KeyPlaces other) {
        return new Settings(
                server, upstream, dispatch, admin, store, memory, loops, logs, redis, cache, policy, chains, other);
    }

    /// @param forced the kernel interface to use, or null for the best that the kernel offers
    /// @param threads 0 is one for each processor
    public record Loops(@Nullable Transport forced, int threads) {
        public static final Loops DEFAULT = new Loops(null, 0);
    }

    public record Logs(LogStyle style, Level level) {
        public static final Logs DEFAULT = new Logs(LogStyle.CONSOLE, Level.INFO);
    }

    public enum LogStyle {
        CONSOLE,
        JSON
    }
}
