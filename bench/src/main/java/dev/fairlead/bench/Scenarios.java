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
                plain("medium", "30 KB reply, 64 connections", Load.of("medium", Load.MEDIUM, 64), 1),
                plain("large", "1 MB reply, 16 connections", Load.of("large", Load.LARGE, 16), 1),
                plain(
                        "unasked",
                        "answered without a node, 128 connections",
                        Load.of("unasked", Load.UNASKED, 128).withoutNode(),
                        1.05),
                new BatchComparison("batch", "batch of 10, counted per element", 0.6),
                new PolicyCost("policy", "small call with a key, limits and routes, 128 connections"),
                new HalfLoad("half-load", "fixed rate, half of what nginx can do, 32 connections"),
                new IdleConnections("idle", "small call, 128 connections beside 2,000 idle ones", 2000),
                plain(
                        "http2",
                        "small call over HTTP/2, 16 connections of 8 streams",
                        Load.of("http2", Load.SMALL, 16).over(Wire.HTTP2),
                        0),
                new Comparison(
                        "tls",
                        "small call, TLS in front, 128 connections",
                        Load.of("tls", Load.SMALL, 128).over(Wire.TLS),
                        Tls.WITH,
                        false,
                        0,
                        0),
                new NodesFail("failover", "one of three nodes begins to refuse, one to hang"),
                new StartScenario(),
                new ManyNodes("watching", "watching 1,000 nodes on 50 chains, probes every 2 s"));
    }

    private static Scenario small(int connections) {
        String name = "small-" + connections;
        Load load = Load.of(name, Load.SMALL, connections);
        return new Comparison(
                name,
                "small call, %d connections".formatted(connections),
                load,
                Tls.WITHOUT,
                connections == 128,
                0.83,
                0.95);
    }

    private static Scenario plain(String name, String title, Load load, double target) {
        return new Comparison(name, title, load, Tls.WITHOUT, false, target, target);
    }
}
