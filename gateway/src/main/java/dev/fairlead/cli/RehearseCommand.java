package dev.fairlead.cli;

import dev.fairlead.cli.Gateways.Running;
import dev.fairlead.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Goes through all that a gateway does once and through what it does most many times, so that the JVM can write down
/// what it learned: the launcher keeps that, and every later start begins with it.
@Command(
        name = "rehearse",
        description = "Play a gateway's day in some seconds, over simulated nodes, and keep what the JVM learned of it:"
                + " later starts are several times as quick.")
final class RehearseCommand implements Callable<Integer> {
    private final Gateways gateways;

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

    RehearseCommand(Gateways gateways) {
        this.gateways = gateways;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (natives != null) NativeLibraries.unpack(natives);
        Path directory = Files.createTempDirectory("fairlead-rehearsal");
        long answered;
        try (var fleet = new RehearsalFleet()) {
            parse("serve", "--node", "http://127.0.0.1:8545", "--listen", "127.0.0.1:0", "--data", "x");
            answered = overClearText(fleet, directory.resolve("clear"));
            overTls(fleet, directory);
        } finally {
            Directories.remove(directory);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("rehearsed " + answered + " calls");
        return answered == 0 ? ExitCode.NOT_DONE : ExitCode.DONE;
    }

    private long overClearText(RehearsalFleet fleet, Path data) throws InterruptedException {
        try (Running gateway = start(fleet.settings(data))) {
            Signals.onHangUp(gateway::reload);
            String endpoint = gateway.endpoints().getFirst();
            var load = new RehearsalLoad(endpoint);
            load.oneOfEach();
            load.oneOfEachOverHttp2();
            long answered = load.keepUp(calls, fleet::mine);
            command("status", "--admin", gateway.admin());
            command("nodes", "list", "--admin", gateway.admin());
            command("nodes", "cordon", "second", "--admin", gateway.admin());
            command("nodes", "uncordon", "second", "--admin", gateway.admin());
            command("events", "--admin", gateway.admin());
            command("explain", "eth_blockNumber", "--admin", gateway.admin());
            RehearsalLoad.look(gateway.admin() + "/metrics");
            RehearsalLoad.look(endpoint + "/readyz");
            return answered;
        }
    }

    private void overTls(RehearsalFleet fleet, Path directory) throws IOException, InterruptedException {
        var certificate = RehearsalCertificate.make(directory);
        if (certificate.isEmpty()) return;
        Settings settings = fleet.settings(directory.resolve("encrypted"));
        try (Running gateway = start(settings.with(certificate.get().over(settings.server())))) {
            RehearsalLoad.encrypted(gateway.endpoints().getFirst(), certificate.get());
        }
    }

    private Running start(Settings settings) {
        Logs.use(settings.logs().style(), settings.logs().level());
        return gateways.start(settings, () -> settings);
    }

    private void parse(String... words) {
        FairleadCommand.commandLine(gateways, words).parseArgs(words);
    }

    /// Said to nobody.
    private void command(String... words) {
        CommandLine commandLine = FairleadCommand.commandLine(gateways, words);
        commandLine.setOut(new PrintWriter(PrintWriter.nullWriter()));
        commandLine.execute(words);
    }
}
