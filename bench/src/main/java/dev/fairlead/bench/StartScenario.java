package dev.fairlead.bench;

import dev.fairlead.bench.Result.Finding;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long `./fairlead serve` takes from exec to the first call that it serves, with and without what a rehearsal
/// left, and how much memory it then holds: idle, and with small calls on 128 connections.
///
/// What needs `taskset` or `wrk` is left out where they are missing.
final class StartScenario implements Scenario {
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int LOAD_SECONDS = 15;
    private static final int CONNECTIONS = 128;
    private static final int PAST = 10;
    private static final int RUNS = 9;

    private final Map<String, Double> figures = new LinkedHashMap<>();

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String title() {
        return "start to first served call, median of nine; memory";
    }

    @Override
    public Result run(Bench.Place place) throws IOException, InterruptedException {
        FakeChain chain = FakeChain.of(1);
        chain.mine(PAST);
        Path scratch = Files.createTempDirectory("fairlead-start");
        try (FakeNode node = FakeNode.start(chain)) {
            node.recording(false);
            var gateways = new Gateways(place.launcher().resolveSibling(".").normalize(), scratch, node);
            starts(gateways);
            memory(gateways);
        } finally {
            LaunchedGateway.remove(scratch);
        }
        var findings = new ArrayList<Finding>();
        figures.forEach((what, figure) -> findings.add(new Finding(what, figure, target(what), unit(what))));
        return new Result(name(), title(), List.of(), findings);
    }

    private static String unit(String what) {
        return what.startsWith("RSS") ? "MB" : "ms";
    }

    /// Nothing is promised of a gateway that has not rehearsed.
    private static double target(String what) {
        if (what.equals("RSS idle")) return 100;
        if (what.startsWith("RSS")) return 200;
        return what.endsWith("without rehearsal") ? Double.POSITIVE_INFINITY : 500;
    }

    /// Starts gateways over one node.
    private record Gateways(Path home, Path scratch, FakeNode node) {
        LaunchedGateway launch(List<String> prefix, String rehearsal) throws IOException {
            return LaunchedGateway.start(home, scratch, node, prefix, rehearsal);
        }
    }

    private void starts(Gateways gateways) throws IOException, InterruptedException {
        try (LaunchedGateway first = gateways.launch(List.of(), "yes")) {
            first.untilServed(); // builds and rehearses, if need be
        }
        start(gateways, "start", List.of(), "yes");
        start(gateways, "start without rehearsal", List.of(), "off");
        if (!LaunchedGateway.exists("taskset")) return;
        start(gateways, "start on one core", List.of("taskset", "-c", "0"), "yes");
        start(gateways, "start on one core without rehearsal", List.of("taskset", "-c", "0"), "off");
    }

    private void start(Gateways gateways, String name, List<String> prefix, String rehearsal)
            throws IOException, InterruptedException {
        var took = new ArrayList<Long>();
        for (int i = 0; i < RUNS; i++) {
            try (LaunchedGateway gateway = gateways.launch(prefix, rehearsal)) {
                took.add(gateway.untilServed().toMillis());
            }
        }
        took.sort(null);
        figures.put(name, (double) took.get(RUNS / 2));
    }

    private void memory(Gateways gateways) throws IOException, InterruptedException {
        try (LaunchedGateway gateway = gateways.launch(List.of(), "yes")) {
            gateway.untilServed();
            Thread.sleep(IDLE);
            figures.put("RSS idle", (double) gateway.residentMb());
            if (!LaunchedGateway.exists("wrk")) return;
            gateway.load(gateways.scratch(), CONNECTIONS, LOAD_SECONDS);
            figures.put("RSS after load", (double) gateway.residentMb());
            figures.put("RSS at its highest", (double) gateway.highestMb());
        }
    }
}
