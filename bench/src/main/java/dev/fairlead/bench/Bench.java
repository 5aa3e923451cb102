package dev.fairlead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs the scenarios that were named, or all, and writes what came out.
///
/// Usage: `Bench LAUNCHER RESULTS [--quick] [--beside CHECKOUT] [scenario…]`
public final class Bench {
    /// Where and how long a run measures.
    ///
    /// @param earlier the launcher of another checkout that runs beside this one, or null
    /// @param proxyCore the proxy under test has it for itself
    /// @param loadCore load and nodes share it
    record Place(
            Path launcher,
            @Nullable Path earlier,
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
        Path earlier = beside(wanted);
        Path work = Files.createTempDirectory("fairlead-bench");
        var place = new Place(
                Path.of(arguments[0]).toAbsolutePath(),
                earlier,
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

    /// Takes the option and its value out of what was asked for.
    private static @Nullable Path beside(List<String> wanted) {
        int at = wanted.indexOf("--beside");
        if (at < 0) return null;
        if (at + 1 == wanted.size()) throw new IllegalArgumentException("--beside needs the path of a checkout");
        wanted.remove(at);
        Path launcher = Path.of(wanted.remove(at)).toAbsolutePath().resolve("fairlead");
        if (!Files.isExecutable(launcher)) throw new IllegalArgumentException("no launcher at " + launcher);
        return launcher;
    }
}
