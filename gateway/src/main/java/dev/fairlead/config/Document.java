package dev.fairlead.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlVersion;

/// The steps from a text to a [Configuration]: syntax, then every key, then what only the whole can show.
final class Document {
    private static final Comparator<Fault> BY_PLACE = Comparator.comparingInt(Fault::line)
            .thenComparingInt(Fault::column)
            .thenComparing(Fault::path)
            .thenComparing(Fault::text);

    /// Longer pieces of the file, which the TOML reader repeats and which may be part of a secret.
    private static final Pattern REPEATED = Pattern.compile("'[^'\\s]{3,}'");

    private Document() {}

    static Configuration read(String name, String toml, Path directory, Map<String, String> environment) {
        TomlParseResult document = Toml.parse(withoutMark(toml), TomlVersion.V1_0_0);
        List<Fault> syntax =
                document.errors().stream().map(error -> fault(name, error)).toList();
        var reading = new Reading(name, directory, environment, syntax.isEmpty());
        Settings settings = Keys.ROOT.read(new Found(document, Place.TOP), reading);
        if (syntax.isEmpty() && settings != null) Checks.run(settings, reading);

        var faults = new ArrayList<>(syntax);
        faults.addAll(trusted(reading.faults(), syntax));
        faults.sort(BY_PLACE);
        if (faults.isEmpty()) return new Configuration.Valid(Objects.requireNonNull(settings), reading.notices());
        return new Configuration.Faulty(List.copyOf(faults));
    }

    /// Behind a fault of syntax a key may have come to stand in the wrong table, so only what stands before the first
    /// one is said.
    private static List<Fault> trusted(List<Fault> faults, List<Fault> syntax) {
        int first = syntax.stream().mapToInt(Fault::line).min().orElse(Integer.MAX_VALUE);
        return faults.stream().filter(fault -> fault.line() < first).toList();
    }

    private static Fault fault(String name, TomlParseError error) {
        String message = REPEATED.matcher(String.valueOf(error.getMessage())).replaceAll("text");
        String said = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
        return new Fault(name, error.position().line(), error.position().column(), "", said + hint(message));
    }

    private static String hint(String message) {
        if (message.endsWith("expected a value")) return "; text stands in double quotes";
        if (message.contains("previously defined")) return "; keep one of the two";
        return "";
    }

    private static String withoutMark(String toml) {
        return toml.startsWith("\uFEFF") ? toml.substring(1) : toml;
    }
}
