package dev.fairlead.bench;

import dev.fairlead.bench.Result.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Of three nodes one begins to refuse and one to hang while calls come in.
record NodesFail(String name, String title) implements Scenario {
    private static final int CONNECTIONS = 64;
    private static final int SECONDS = 9;
    /// The gateway's attempt timeout by default, and how exactly it is kept.
    private static final double ATTEMPT_MILLIS = 4000 + 250;

    @Override
    public Result run(Bench.Place place) throws IOException, InterruptedException {
        Load load = Load.of(name, Load.SMALL, CONNECTIONS);
        var rows = new ArrayList<Row>();
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < 6; i++) {
            try (Stage stage = Stage.set(place, 3, Peers.Tls.WITHOUT, true)) {
                Proxy proxy = stage.proxies().get(i);
                load.run(proxy, place.warmUp(), place);
                Slice before = stage.slice(load, proxy);
                Slice meanwhile = failing(stage, load, proxy);
                Slice after = stage.slice(load, proxy);
                rows.add(new Row(proxy.name(), List.of(before)));
                rows.add(new Row("  failing", List.of(meanwhile)));
                rows.add(new Row("  afterwards", List.of(after)));
                if (proxy.isOurs()) judge(proxy, List.of(before, meanwhile, after), findings);
            }
        }
        return new Result(name, title, rows, findings);
    }

    private static void judge(Proxy proxy, List<Slice> slices, List<Finding> findings) {
        Slice meanwhile = slices.get(1);
        double before = slices.get(0).callsPerSecond();
        findings.add(new Finding(
                "failed calls, " + proxy.name(),
                meanwhile.failed() + slices.get(2).failed(),
                0,
                ""));
        findings.add(
                new Finding("slowest call, " + proxy.name(), meanwhile.latency().most(), ATTEMPT_MILLIS, "ms"));
        findings.add(new Finding(
                "throughput before / afterwards, " + proxy.name(),
                before / slices.get(2).callsPerSecond(),
                1.1,
                "×"));
    }

    private static Slice failing(Stage stage, Load load, Proxy proxy) throws IOException {
        double used = stage.process(proxy).cpuSeconds();
        CompletableFuture<Load.Seen> running = CompletableFuture.supplyAsync(() -> {
            try {
                return load.run(proxy, SECONDS, stage.place());
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        });
        Pause.seconds(1.5);
        stage.nodes().node(0).signal("STOP");
        stage.nodes().node(1).signal("KILL");
        Load.Seen seen = running.join();
        used = stage.process(proxy).cpuSeconds() - used;
        return Slice.of(seen, used, stage.process(proxy).residentMiB());
    }
}
