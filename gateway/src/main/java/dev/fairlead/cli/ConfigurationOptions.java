package dev.fairlead.cli;

import dev.fairlead.cli.Gateways.Unusable;
import dev.fairlead.config.file.ConfigurationFault;
import dev.fairlead.config.file.ConfigurationNotice;
import dev.fairlead.config.keys.Configuration;
import dev.fairlead.config.keys.ConfigurationReader;
import dev.fairlead.config.keys.Overrides;
import dev.fairlead.config.keys.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the configuration comes from: a file, and what the command line says on top of it.
final class ConfigurationOptions {
    private final Path usual;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "configuration file (default: fairlead.toml in the current directory, if it exists)")
    private @Nullable Path file;

    @Option(names = "--node", paramLabel = "URL", description = "serve from this node; repeatable")
    private List<String> nodes = new ArrayList<>();

    @Option(
            names = "--leader",
            paramLabel = "URL",
            description = "measure the nodes against this one; it serves only as last resort")
    private @Nullable String leader;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "where clients connect (default: 127.0.0.1:8080)")
    private @Nullable String listen;

    @Option(
            names = "--admin-listen",
            paramLabel = "HOST:PORT",
            description = "admin API and metrics (default: 127.0.0.1:8081)")
    private @Nullable String adminListen;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where nodes added at run time are kept (default: fairlead-data)")
    private @Nullable Path data;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "io_uring, epoll, nio, or auto for the best that the kernel offers")
    private @Nullable String transport;

    ConfigurationOptions() {
        this(Path.of("fairlead.toml"));
    }

    /// @param usual the file that is read when none is named
    ConfigurationOptions(Path usual) {
        this.usual = usual;
    }

    /// Reads everything anew for a gateway that starts.
    ///
    /// @param notice gets what the operator should know of a valid configuration
    /// @throws Unusable with every fault
    Settings read(Consumer<String> notice) {
        return read(notice, false);
    }

    /// The same for those who look at the file alone: notices of what a gateway would know better are among them.
    Settings check(Consumer<String> notice) {
        return read(notice, true);
    }

    private Settings read(Consumer<String> notice, boolean isCheck) {
        Path read = path();
        return merged(read == null ? Settings.DEFAULT : fromFile(read, notice, isCheck), notice);
    }

    /// Reads everything anew for a gateway that runs.
    ///
    /// @throws Unusable as above, and when there is no file: its nodes must not vanish with it
    Settings reread(Consumer<String> notice) {
        Path read = path();
        if (read == null) {
            throw new Unusable(
                    List.of("expected a configuration file to read again, found none: --config names none, and "
                            + usual.toAbsolutePath()
                            + " is not there; what the command line says changes by a new start"));
        }
        return merged(fromFile(read, notice, false), notice);
    }

    /// @throws Unusable when there is neither a file nor a node on the command line
    void requireAny() {
        if (path() != null || !nodes.isEmpty() || leader != null) return;
        throw new Unusable(List.of("expected a configuration, found none: --config names no file, "
                + usual.toAbsolutePath() + " is not there, and neither --node nor --leader is given"));
    }

    private Settings merged(Settings settings, Consumer<String> notice) {
        var overrides = new Overrides(nodes, leader, listen, adminListen, data, transport);
        return switch (overrides.over(settings)) {
            case Overrides.Merged.Good(var merged, var notices) -> {
                notices.forEach(notice);
                yield merged;
            }
            case Overrides.Merged.Bad(var faults) -> throw new Unusable(faults);
        };
    }

    private @Nullable Path path() {
        if (file != null) return file;
        return Files.exists(usual) ? usual : null;
    }

    private static Settings fromFile(Path read, Consumer<String> notice, boolean isCheck) {
        return switch (ConfigurationReader.read(read, System.getenv())) {
            case Configuration.Valid(var settings, var notices) -> {
                notices.stream()
                        .filter(each -> isCheck || !each.isForCheck())
                        .map(ConfigurationNotice::toString)
                        .forEach(notice);
                yield settings;
            }
            case Configuration.Faulty(var faults) ->
                throw new Unusable(
                        faults.stream().map(ConfigurationFault::toString).toList());
        };
    }
}
