package dev.fairlead.bench;

import dev.fairlead.bench.Result.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Everybody gets the same number of calls per second: half of what nginx can do. Most gateways live like this.
record HalfLoad(String name, String title) implements Scenario {
    private static final int CONNECTIONS = 32;

    @Override
    public Result run(Bench.Place place) throws IOException, InterruptedException {
        Load full = Load.of(name, Load.SMALL, CONNECTIONS);
        try (Stage stage = Stage.set(place, 1, Peers.Tls.WITHOUT, true)) {
            double most = stage.slice(full, stage.proxies().getFirst()).callsPerSecond();
            for (Proxy proxy : stage.proxies()) {
                if (proxy.isGateway()) full.run(proxy, place.warmUp(), place);
            }
            List<Row> rows = stage.compare(full.at(most / 2), stage.proxies());
            var findings = new ArrayList<>(Comparison.findings(rows, 1, 1));
            double best = rows.stream()
                    .filter(Row::isPeer)
                    .mapToDouble(HalfLoad::p99)
                    .min()
                    .orElseThrow();
            for (Row row : rows) {
                if (row.isOurs()) findings.add(new Finding("p99, " + row.proxy() + " / best", p99(row) / best, 1, "×"));
            }
            return new Result(name, "%s: %.0f calls/s".formatted(title, most / 2), rows, findings);
        }
    }

    private static double p99(Row row) {
        return row.median(slice -> slice.latency().p99());
    }
}
