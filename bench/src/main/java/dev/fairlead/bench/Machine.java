package dev.fairlead.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/// What a run was measured on and with.
final class Machine {
    private Machine() {}

    static String told(Bench.Place place) throws IOException {
        return """
                %s, %d slices of %d s each, interleaved; medians
                machine  %s, Linux %s, %s; the proxy alone on core %s, load and nodes on core %s
                against  %s, %s
                Java     %s
                """.formatted(
                        Instant.now().truncatedTo(ChronoUnit.MINUTES),
                        place.slices(),
                        place.sliceSeconds(),
                        processor(),
                        System.getProperty("os.version"),
                        memory(),
                        place.proxyCore(),
                        place.loadCore(),
                        first(List.of("nginx", "-v")),
                        first(List.of("haproxy", "-v")),
                        Runtime.version());
    }

    private static String processor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown processor");
    }

    private static String memory() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/meminfo")).getFirst();
        return String.format(Locale.ROOT, "%.0f GiB", Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024 / 1024);
    }

    private static String first(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("");
    }
}
