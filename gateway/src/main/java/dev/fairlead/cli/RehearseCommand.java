package dev.fairlead.cli;

import dev.fairlead.cli.Gateways.Running;
import dev.fairlead.cli.console.ExitCode;
import dev.fairlead.cli.log.Logs;
import dev.fairlead.config.keys.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Does once what a gateway does at its start, and many times what it does most, so that the JVM can write
/// down what it learned. The launcher keeps that, and every later start uses it. What many gateways never do
/// (TLS, HTTP/2, being scraped) is left out, because it would take memory from all of them.
@Command(
        name = "rehearse",
        description = "Play a gateway's day in some seconds, over simulated nodes, and keep what the JVM learned of it:"
                + " later starts are several times as quick.")
final class RehearseCommand implements Callable<Integer> {
    private final Gateways gateways;
    private final Consumer<String[]> parse;

    @Option(
            names = "--calls",
            paramLabel = "N",
            description = "how many calls are made (default: ${DEFAULT-VALUE})",
            defaultValue = "20000")
    private int calls;

    @Option(
            names = "--native",
            paramLabel = "DIR",
            description = "also unpack this platform's native libraries into this directory")
    private @Nullable Path natives;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// @param parse reads a command line as the launcher's own is read
    RehearseCommand(Gateways gateways, Consumer<String[]> parse) {
        this.gateways = gateways;
        this.parse = parse;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (natives != null) NativeLibraries.unpack(natives);
        String[] words = {"serve", "--node", "http://127.0.0.1:8545", "--listen", "127.0.0.1:0", "--data", "."};
        parse.accept(words);
        Path data = Files.createTempDirectory("fairlead-rehearsal");
        long answered;
        try (var fleet = new RehearsalFleet()) {
            answered = rehearse(fleet, data);
        } finally {
            TemporaryDirectories.remove(data);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("rehearsed " + answered + " calls");
        return answered == 0 ? ExitCode.NOT_DONE : ExitCode.DONE;
    }

    private long rehearse(RehearsalFleet fleet, Path data) throws IOException, InterruptedException {
        Settings settings = fleet.settings(data);
        Logs.use(settings.logs().style(), settings.logs().level());
        try (Running gateway = gateways.start(settings, () -> settings)) {
            Signals.onHangUp(gateway::reload);
            var load = new RehearsalLoad(URI.create(gateway.endpoints().getFirst()));
            load.oneOfEach();
            long answered = load.keepUp(calls, fleet::mine);
            try (var admin = RehearsalLine.to(URI.create(gateway.admin()))) {
                admin.get("/api/v1/status");
                admin.get("/api/v1/nodes");
            }
            return answered;
        }
    }
}
