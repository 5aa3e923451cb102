package dev.fairlead.bench;

import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// How long `./fairlead serve` takes from exec to the first call that it serves, with and without what a rehearsal
/// left,
/// and how much memory it then holds: idle, and with small calls on 128 connections.
///
/// `java -cp … dev.fairlead.bench.StartScenario [HOME [RESULT.json [RUNS]]]`; HOME is the checkout. Needs `taskset` and
/// `wrk`; what needs one that is missing is left out, and said.
public final class StartScenario {
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int LOAD_SECONDS = 15;
    private static final int CONNECTIONS = 128;
    private static final int PAST = 10;

    private final Path home;
    private final Path scratch;
    private final FakeNode node;
    private final Map<String, String> figures = new LinkedHashMap<>();

    private StartScenario(Path home, Path scratch, FakeNode node) {
        this.home = home;
        this.scratch = scratch;
        this.node = node;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path home = Path.of(args.length > 0 ? args[0] : "").toAbsolutePath();
        Path result = Path.of(args.length > 1 ? args[1] : "start.json");
        int runs = args.length > 2 ? Integer.parseInt(args[2]) : 9;
        FakeChain chain = FakeChain.of(1);
        chain.mine(PAST);
        Path scratch = Files.createTempDirectory("fairlead-start");
        try (FakeNode node = FakeNode.start(chain)) {
            node.recording(false);
            var scenario = new StartScenario(home, scratch, node);
            scenario.starts(runs);
            scenario.memory();
            Files.writeString(result, scenario.json());
        } finally {
            LaunchedGateway.remove(scratch);
        }
    }

    private void starts(int runs) throws IOException, InterruptedException {
        try (LaunchedGateway first = launch(List.of(), "yes")) {
            first.untilServed(); // builds and rehearses, if need be
        }
        start("start", runs, List.of(), "yes");
        start("start without rehearsal", runs, List.of(), "off");
        if (!LaunchedGateway.exists("taskset")) return;
        start("start on one core", runs, List.of("taskset", "-c", "0"), "yes");
        start("start on one core without rehearsal", runs, List.of("taskset", "-c", "0"), "off");
    }

    private void start(String name, int runs, List<String> prefix, String rehearsal)
            throws IOException, InterruptedException {
        var took = new ArrayList<Long>();
        for (int i = 0; i < runs; i++) {
            try (LaunchedGateway gateway = launch(prefix, rehearsal)) {
                took.add(gateway.untilServed().toMillis());
            }
        }
        took.sort(null);
        figure(name + " ms", took.get(runs / 2), " (" + took.getFirst() + " to " + took.getLast() + ")");
    }

    private void memory() throws IOException, InterruptedException {
        try (LaunchedGateway gateway = launch(List.of(), "yes")) {
            gateway.untilServed();
            Thread.sleep(IDLE);
            figure("RSS idle MB", gateway.residentMb(), "");
            if (!LaunchedGateway.exists("wrk")) return;
            gateway.load(scratch, CONNECTIONS, LOAD_SECONDS);
            figure("RSS after load MB", gateway.residentMb(), "");
            figure("RSS at its highest MB", gateway.highestMb(), "");
        }
    }

    private LaunchedGateway launch(List<String> prefix, String rehearsal) throws IOException {
        return LaunchedGateway.start(home, scratch, node, prefix, rehearsal);
    }

    private void figure(String name, long value, String spread) {
        figures.put(name, Long.toString(value));
        System.out.printf(Locale.ROOT, "%-40s %6d%s%n", name, value, spread);
    }

    private String json() {
        return figures.entrySet().stream()
                .map(figure -> "  \"" + figure.getKey() + "\": " + figure.getValue())
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }
}
