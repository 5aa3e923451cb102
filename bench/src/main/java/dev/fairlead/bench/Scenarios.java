package dev.fairlead.bench;

import dev.fairlead.bench.Load.Wire;
import dev.fairlead.bench.Peers.Tls;
import java.util.List;

/// Everything that the bench can measure, in the order in which it is told.
final class Scenarios {
    private Scenarios() {}

    static List<Scenario> all() {
        return List.of(
                small(32),
                small(128),
                small(512),
                new Comparison(
                        "medium", "30 KB reply, 64 connections", Load.of("medium", Load.MEDIUM, 64), Tls.WITHOUT, 1, 1),
                new Comparison(
                        "large", "1 MB reply, 16 connections", Load.of("large", Load.LARGE, 16), Tls.WITHOUT, 1, 1),
                new Comparison(
                        "unasked",
                        "answered without a node, 128 connections",
                        Load.of("unasked", Load.UNASKED, 128).withoutNode(),
                        Tls.WITHOUT,
                        1.05,
                        1.05),
                new Comparison(
                        "http2",
                        "small call over HTTP/2, 16 connections of 8 streams",
                        Load.of("http2", Load.SMALL, 16).over(Wire.HTTP2),
                        Tls.WITHOUT,
                        0,
                        0),
                new Comparison(
                        "tls",
                        "small call, TLS in front, 128 connections",
                        Load.of("tls", Load.SMALL, 128).over(Wire.TLS),
                        Tls.WITH,
                        0,
                        0));
    }

    private static Scenario small(int connections) {
        return new Comparison(
                "small-" + connections,
                "small call, %d connections".formatted(connections),
                Load.of("small-" + connections, Load.SMALL, connections),
                Tls.WITHOUT,
                0.83,
                0.95);
    }
}
