package dev.fairlead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs the scenarios that were named, or all, and writes what came out.
///
/// Usage: `Bench LAUNCHER RESULTS [--quick] [scenario…]`
public final class Bench {
    /// Where and how long a run measures.
    ///
    /// @param proxyCore the proxy under test has it for itself
    /// @param loadCore load and nodes share it
    record Place(
            Path launcher,
            Path work,
            String java,
            String proxyCore,
            String loadCore,
            int slices,
            int sliceSeconds,
            int warmUp) {
        Path certificate() {
            return work.resolve("certificate.pem");
        }

        Path key() {
            return work.resolve("key.pem");
        }
    }

    private Bench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var wanted = new ArrayList<>(List.of(arguments).subList(2, arguments.length));
        boolean quick = wanted.remove("--quick");
        Path work = Files.createTempDirectory("fairlead-bench");
        var place = new Place(
                Path.of(arguments[0]).toAbsolutePath(),
                work,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "0",
                "1",
                quick ? 3 : 7,
                2,
                quick ? 6 : 25);
        Certificate.make(place);
        var known = Scenarios.all().stream().map(Scenario::name).toList();
        for (String name : wanted) {
            if (!known.contains(name))
                throw new IllegalArgumentException("no scenario " + name + "; there are " + known);
        }
        var results = new ArrayList<Result>();
        for (Scenario scenario : Scenarios.all()) {
            if (!wanted.isEmpty() && !wanted.contains(scenario.name())) continue;
            System.out.println("… " + scenario.title());
            Result result = scenario.run(place);
            System.out.println(Report.text(result));
            results.add(result);
            Report.write(results, place, Path.of(arguments[1]));
        }
    }
}
