package dev.fairlead.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Nodes and proxies of a scenario, all running; only the one under load uses its core.
final class Stage implements AutoCloseable {
    private final Bench.Place place;
    private final Nodes nodes;
    private final Map<Proxy, Started> running = new LinkedHashMap<>();

    private Stage(Bench.Place place, Nodes nodes) {
        this.place = place;
        this.nodes = nodes;
    }

    static Stage set(Bench.Place place, int nodes, Peers.Tls tls, boolean withPeers)
            throws IOException, InterruptedException {
        var stage = new Stage(place, Nodes.start(nodes, place));
        try {
            if (withPeers) {
                for (Proxy proxy : new Peers(place, stage.nodes, tls).all()) stage.start(proxy);
            }
            for (Proxy proxy : Ours.of(place, stage.nodes, tls).all()) stage.start(proxy);
            Ours earlier = Ours.earlier(place, stage.nodes, tls);
            if (earlier != null) {
                for (Proxy proxy : earlier.all()) stage.start(proxy);
            }
            return stage;
        } catch (IOException | InterruptedException failure) {
            stage.close();
            throw failure;
        }
    }

    /// What every gateway on Netty pays; see [BlindRelay].
    void startRelays() throws IOException, InterruptedException {
        for (String transport : List.of("io_uring", "epoll")) {
            int port = Ports.free();
            var command = List.of(
                    place.java(),
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-Xmn8m",
                    "-XX:+UseCompactObjectHeaders",
                    "-Dio.netty.leakDetection.level=disabled",
                    "-Dio.netty.allocator.type=pooled",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BlindRelay.class.getName(),
                    Integer.toString(port),
                    nodes.ports().getFirst().toString(),
                    transport);
            start(new Proxy(
                    Proxy.RELAY + " " + transport, command, place.work(), port, port, 0, Proxy.ROOT, Proxy.ROOT));
        }
    }

    /// The gateway once more, with limits, routes and a tenant whose key the load sends along.
    void startWith(Policy policy) throws IOException, InterruptedException {
        for (Proxy proxy : Ours.with(policy, place, nodes).all()) {
            start(proxy);
            policy.addKey(proxy);
        }
    }

    Bench.Place place() {
        return place;
    }

    Nodes nodes() {
        return nodes;
    }

    List<Proxy> proxies() {
        return List.copyOf(running.keySet());
    }

    Started process(Proxy proxy) {
        Started started = running.get(proxy);
        if (started == null) throw new IllegalArgumentException(proxy.name() + " was not started");
        return started;
    }

    /// Rounds of slices, every proxy in turn, each round beginning with another.
    List<Row> compare(Load load, List<Proxy> proxies) throws IOException, InterruptedException {
        var slices = new LinkedHashMap<String, List<Slice>>();
        for (Proxy proxy : proxies) {
            load.run(proxy, proxy.warmsUp() ? place.warmUp() : 1, place);
            slices.put(proxy.name(), new ArrayList<>());
        }
        for (int round = 0; round < place.slices(); round++) {
            for (int turn = 0; turn < proxies.size(); turn++) {
                Proxy proxy = proxies.get((round + turn) % proxies.size());
                slices.computeIfAbsent(proxy.name(), _ -> new ArrayList<>()).add(slice(load, proxy));
            }
        }
        return slices.entrySet().stream()
                .map(entry -> new Row(entry.getKey(), entry.getValue()))
                .toList();
    }

    Slice slice(Load load, Proxy proxy) throws IOException, InterruptedException {
        Started process = process(proxy);
        double before = process.cpuSeconds();
        Load.Seen seen = load.run(proxy, place.sliceSeconds(), place);
        double used = process.cpuSeconds() - before;
        return Slice.of(seen, used, process.residentMiB());
    }

    private void start(Proxy proxy) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("taskset", "-c", place.proxyCore()));
        command.addAll(proxy.command());
        Started started = Started.of(proxy.name(), command, place.work());
        running.put(proxy, started);
        Ports.await(proxy.port());
        if (proxy.isGateway()) Ready.await(proxy, nodes.ports().size());
    }

    @Override
    public void close() {
        running.values().forEach(Started::close);
        nodes.close();
    }
}
