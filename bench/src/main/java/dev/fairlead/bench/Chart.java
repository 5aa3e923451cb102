package dev.fairlead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// CPU time per call of everybody in every comparison, drawn by gnuplot; 1 is the cheapest of nginx and HAProxy.
final class Chart {
    private static final List<String> COLOURS =
            List.of("#b8c4ce", "#93a4b3", "#d9c9b0", "#bfa780", "#0b7a75", "#5fb3a8");

    private Chart() {}

    static void draw(List<Result> results, Path work, Path svg) throws IOException, InterruptedException {
        List<Result> compared = results.stream().filter(Chart::isComparison).toList();
        if (compared.isEmpty()) return;
        Set<String> names = new LinkedHashSet<>();
        for (Result result : compared) {
            for (Row row : result.rows()) {
                if (row.isOurs() || row.isPeer()) names.add(row.proxy());
            }
        }
        Path data = Files.writeString(work.resolve("chart.dat"), data(compared, names));
        Path script = Files.writeString(work.resolve("chart.gp"), script(names, data, svg, compared.size()));
        Process process =
                new ProcessBuilder("gnuplot", script.toString()).inheritIO().start();
        if (process.waitFor() != 0) throw new IOException("gnuplot failed; its script is " + script);
    }

    private static boolean isComparison(Result result) {
        return result.rows().stream().anyMatch(Row::isOurs)
                && result.rows().stream().anyMatch(row -> row.proxy().equals("haproxy tuned"))
                && result.rows().stream().allMatch(row -> row.slices().size() > 1);
    }

    private static String data(List<Result> results, Set<String> names) {
        var text = new StringBuilder();
        for (Result result : results) {
            text.append('"').append(result.name()).append('"');
            double best = Comparison.best(result.rows()).cpu();
            for (String name : names) {
                double cpu = result.rows().stream()
                        .filter(row -> row.proxy().equals(name))
                        .mapToDouble(Row::cpu)
                        .findFirst()
                        .orElse(Double.NaN);
                text.append(String.format(Locale.ROOT, " %.3f", cpu / best));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String script(Set<String> names, Path data, Path svg, int groups) {
        var plots = new ArrayList<String>();
        int column = 2;
        for (String name : names) {
            plots.add("\"%s\" using %d:xtic(1) title \"%s\" lc rgb \"%s\""
                    .formatted(data, column, name.replace("_", "\\\\_"), COLOURS.get((column - 2) % COLOURS.size())));
            column++;
        }
        return """
                set terminal svg size %d,420 font "sans-serif,13" background rgb "white"
                set output "%s"
                set title "CPU time per call, 1 = the cheapest of nginx and HAProxy (shorter is better)"
                set style data histogram
                set style histogram clustered gap 1
                set style fill solid 1 noborder
                set yrange [0:2.5]
                set grid ytics lc rgb "#dddddd"
                set key outside bottom center horizontal
                set arrow from graph 0,first 1 to graph 1,first 1 nohead lc rgb "#444444" dt 2 front
                plot %s
                """.formatted(Math.max(640, 130 * groups), svg, String.join(", \\\n  ", plots));
    }
}
