package dev.fairlead.bench;

import dev.fairlead.bench.Result.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The same load on every proxy, judged by CPU time per call against the cheapest of the others.
///
/// @param relays whether relays that read nothing run beside them, to show what is left to be had
/// @param io_uring greatest ratio with that transport; 0 where nothing is promised
/// @param epoll the same with the other
record Comparison(String name, String title, Load load, Peers.Tls tls, boolean relays, double io_uring, double epoll)
        implements Scenario {
    @Override
    public Result run(Bench.Place place) throws IOException, InterruptedException {
        try (Stage stage = Stage.set(place, 1, tls, true)) {
            if (relays) stage.startRelays();
            List<Row> rows = stage.compare(load, stage.proxies());
            return new Result(name, title, rows, findings(rows, io_uring, epoll));
        }
    }

    static List<Finding> findings(List<Row> rows, double io_uring, double epoll) {
        var findings = new ArrayList<Finding>();
        Row best = best(rows);
        for (Row row : rows) {
            double target = row.proxy().endsWith("io_uring") ? io_uring : epoll;
            if (row.isOurs() && target > 0) {
                findings.add(new Finding(
                        "CPU per call, " + row.proxy() + " / " + best.proxy(), row.cpu() / best.cpu(), target, "×"));
            }
            if (row.isOurs()) earlier(rows, row).ifPresent(findings::add);
        }
        return findings;
    }

    /// What this checkout costs beside the one before; a change to the way of a call may cost 2 %.
    private static Optional<Finding> earlier(List<Row> rows, Row ours) {
        String transport = ours.proxy().substring(ours.proxy().indexOf(' ') + 1);
        return rows.stream()
                .filter(row -> row.proxy().equals(Proxy.EARLIER + " " + transport))
                .map(row -> new Finding(
                        "CPU per call, " + ours.proxy() + " / " + row.proxy(), ours.cpu() / row.cpu(), 1.02, "×"))
                .findFirst();
    }

    /// The cheapest of the others.
    static Row best(List<Row> rows) {
        return rows.stream()
                .filter(Row::isPeer)
                .min(Comparator.comparingDouble(Row::cpu))
                .orElseThrow();
    }
}
