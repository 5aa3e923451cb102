package dev.fairlead.bench;

import dev.fairlead.bench.Result.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What keys, limits and routes add to a small call: beside the same gateway without them, of the other checkout where
/// one was named.
record PolicyCost(String name, String title) implements Scenario {
    private static final double TARGET = 1.05;

    @Override
    public Result run(Bench.Place place) throws IOException, InterruptedException {
        Load load = Load.of(name, Load.SMALL, 128);
        try (Stage stage = Stage.set(place, 1, Peers.Tls.WITHOUT, false)) {
            stage.startWith(Policy.WIDE);
            List<Row> rows = stage.compare(load, stage.proxies());
            String without = place.earlier() == null ? "fairlead" : Proxy.EARLIER;
            var findings = new ArrayList<Finding>();
            for (String transport : List.of("io_uring", "epoll")) {
                Row with = row(rows, "fairlead with policy " + transport);
                Row beside = row(rows, without + " " + transport);
                findings.add(new Finding(
                        "CPU per call, " + with.proxy() + " / " + beside.proxy(),
                        with.cpu() / beside.cpu(),
                        TARGET,
                        "×"));
            }
            return new Result(name, title, rows, findings);
        }
    }

    private static Row row(List<Row> rows, String proxy) {
        return rows.stream()
                .filter(row -> row.proxy().equals(proxy))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(proxy + " did not run"));
    }
}
