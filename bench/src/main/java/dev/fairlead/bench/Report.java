package dev.fairlead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/// Results as people read them.
final class Report {
    private Report() {}

    static String text(Result result) {
        var text = new StringBuilder("\n" + result.title() + "\n");
        if (!result.rows().isEmpty()) {
            text.append(
                    line("", "calls/s", "CPU µs", "(from", "to)", "p50 ms", "p99 ms", "p99.9", "RSS MiB", "failed"));
        }
        for (Row row : result.rows()) {
            text.append(line(
                    row.proxy(),
                    number(0, row.median(Slice::callsPerSecond)),
                    number(2, row.cpu()),
                    number(2, row.lowest(Slice::cpuMicros)),
                    number(2, row.highest(Slice::cpuMicros)),
                    number(2, row.median(slice -> slice.latency().p50())),
                    number(2, row.median(slice -> slice.latency().p99())),
                    number(2, row.median(slice -> slice.latency().p999())),
                    number(0, row.median(Slice::residentMiB)),
                    number(0, row.failed())));
        }
        for (Result.Finding finding : result.findings()) text.append(line(finding));
        return text.toString();
    }

    /// Every figure of a run as text, and the comparisons as a picture, under the name of the day.
    static void write(List<Result> results, Bench.Place place, Path directory)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        var text = new StringBuilder(Machine.told(place));
        for (Result result : results) text.append(text(result));
        String name = LocalDate.now(ZoneOffset.UTC).toString();
        Files.writeString(directory.resolve(name + ".txt"), text);
        Chart.draw(results, place.work(), directory.resolve(name + ".svg").toAbsolutePath());
    }

    private static String line(Result.Finding finding) {
        String measured = "%s: %s %s".formatted(finding.what(), number(2, finding.measured()), finding.unit());
        if (Double.isInfinite(finding.target())) return "    " + measured + "\n";
        return "  %s %s (at most %s)\n".formatted(finding.holds() ? "✓" : "✗", measured, number(2, finding.target()));
    }

    private static String line(String name, String... cells) {
        var line = new StringBuilder("  %-20s".formatted(name));
        for (String cell : cells) line.append(" %9s".formatted(cell));
        return line.append('\n').toString();
    }

    private static String number(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
