package dev.fairlead.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The nodes behind every proxy of a scenario: processes of [Backend] on the load's core.
final class Nodes implements AutoCloseable {
    private final List<Started> nodes = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    static Nodes start(int count, Bench.Place place) throws IOException {
        var started = new Nodes();
        for (int i = 0; i < count; i++) {
            int port = Ports.free();
            started.ports.add(port);
            started.nodes.add(Started.of(
                    "node" + i,
                    List.of(
                            "taskset",
                            "-c",
                            place.loadCore(),
                            place.java(),
                            "-XX:+UseSerialGC",
                            "-Xmx256m",
                            "-Dio.netty.leakDetection.level=disabled",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Backend.class.getName(),
                            Integer.toString(port)),
                    place.work()));
        }
        for (int port : started.ports) Ports.await(port);
        return started;
    }

    List<Integer> ports() {
        return ports;
    }

    Started node(int index) {
        return nodes.get(index);
    }

    /// One line for each node.
    String each(String line) {
        return ports.stream().map(port -> line.formatted(port)).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        nodes.forEach(Started::close);
    }
}
