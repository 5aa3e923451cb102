package dev.fairlead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The gateway as operators start it, with every transport that it offers.
final class Ours {
    private final String title;
    private final Path launcher;
    private final Bench.Place place;
    private final Nodes nodes;
    private final Peers.Tls tls;
    private final @Nullable Policy policy;

    private Ours(String title, Path launcher, Bench.Place place, Nodes nodes, Peers.Tls tls, @Nullable Policy policy) {
        this.title = title;
        this.launcher = launcher;
        this.place = place;
        this.nodes = nodes;
        this.tls = tls;
        this.policy = policy;
    }

    static Ours of(Bench.Place place, Nodes nodes, Peers.Tls tls) {
        return new Ours("fairlead", place.launcher(), place, nodes, tls, null);
    }

    static Ours with(Policy policy, Bench.Place place, Nodes nodes) {
        return new Ours("fairlead with policy", place.launcher(), place, nodes, Peers.Tls.WITHOUT, policy);
    }

    /// Of the checkout beside this one, to show what a change costs; null when none was named.
    static @Nullable Ours earlier(Bench.Place place, Nodes nodes, Peers.Tls tls) {
        Path launcher = place.earlier();
        return launcher == null ? null : new Ours(Proxy.EARLIER, launcher, place, nodes, tls, null);
    }

    List<Proxy> all() throws IOException {
        return List.of(with("io_uring"), with("epoll"));
    }

    Proxy with(String transport) throws IOException {
        String name = title + " " + transport;
        Path home = Files.createDirectories(place.work().resolve(name.replace(' ', '-')));
        int port = Ports.free();
        int admin = Ports.free();
        String certificate = tls == Peers.Tls.WITH
                ? "[server.tls]\ncertificate = \"%s\"\nkey = \"%s\"\n".formatted(place.certificate(), place.key())
                : "";
        Path file = Files.writeString(home.resolve("fairlead.toml"), """
                [server]
                listen = "127.0.0.1:%d"
                %s
                [admin]
                listen = "127.0.0.1:%d"
                [store]
                directory = "%s"
                [event_loops]
                transport = "%s"
                %s
                %s
                """.formatted(
                        port,
                        certificate,
                        admin,
                        home.resolve("data"),
                        transport,
                        nodes.each("[chains.main.nodes.n%1$d]\nurl = \"http://127.0.0.1:%1$d\""),
                        policy == null ? "" : policy.toml()));
        String path = policy == null ? Proxy.ROOT : policy.path();
        return new Proxy(
                name,
                List.of(launcher.toString(), "serve", "--config", file.toString()),
                home,
                port,
                port,
                admin,
                path,
                Proxy.ROOT);
    }
}
