package dev.fairlead.bench;

import dev.fairlead.bench.Result.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What an element of a batch costs beside the same call alone. A plain proxy passes a batch on as one call, so it is
/// compared with ourselves.
record BatchComparison(String name, String title, double target) implements Scenario {
    private static final int CONNECTIONS = 64;

    @Override
    public Result run(Bench.Place place) throws IOException, InterruptedException {
        Load single = Load.of("single", Load.SMALL, CONNECTIONS);
        Load batch = Load.of("batch", Load.BATCH, CONNECTIONS / 4);
        var rows = new ArrayList<Row>();
        var findings = new ArrayList<Finding>();
        try (Stage stage = Stage.set(place, 1, Peers.Tls.WITHOUT, false)) {
            for (Proxy proxy : stage.proxies()) {
                Row alone = new Row(proxy.name() + " 1", new ArrayList<>());
                Row together = new Row(proxy.name() + " 10", new ArrayList<>());
                single.run(proxy, place.warmUp(), place);
                batch.run(proxy, place.warmUp(), place);
                for (int i = 0; i < place.slices(); i++) {
                    alone.slices().add(stage.slice(single, proxy));
                    together.slices().add(stage.slice(batch, proxy));
                }
                rows.addAll(List.of(alone, together));
                String what = "CPU per element / per single call, " + proxy.name();
                findings.add(new Finding(what, together.cpu() / alone.cpu(), target, "×"));
            }
        }
        return new Result(name, title, rows, findings);
    }
}
