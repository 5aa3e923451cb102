package dev.fairlead.bench;

import dev.fairlead.bench.Result.Finding;
import dev.fairlead.bench.WatchingBench.Options;
import dev.fairlead.bench.WatchingBench.Watching;
import java.io.IOException;
import java.util.List;

/// What it costs to watch a large fleet, without a single call.
record ManyNodes(String name, String title) implements Scenario {
    @Override
    public Result run(Bench.Place place) throws IOException, InterruptedException {
        Options options =
                Options.parse("--launcher", place.launcher().toString(), "--cores", place.proxyCore(), "--rounds", "1");
        Watching seen = WatchingBench.watch(options).getFirst();
        return new Result(
                name,
                title,
                List.of(),
                List.of(
                        new Finding("CPU", seen.percentOfOneCore(), 5, "% of one core"),
                        new Finding("time to every verdict", seen.secondsToEveryVerdict(), 10, "s")));
    }
}
