package dev.fairlead.cli;

import dev.fairlead.cli.console.ExitCode;
import dev.fairlead.cli.console.TextTable;
import dev.fairlead.config.keys.Settings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = "Print all faults of a configuration at once, then ask every node whether it answers and for"
                + " which chain.")
final class CheckCommand implements Callable<Integer> {
    /// For all nodes together; each may take a part of it.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(names = "--offline", description = "do not ask the nodes")
    private boolean offline;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Settings settings = configuration.check(notice -> out.println("note: " + notice));
        configuration.requireAny();
        long nodes = settings.chains().stream()
                .mapToLong(plan -> plan.nodes().size())
                .sum();
        out.println("The configuration is valid: " + count(settings.chains().size(), "chain") + ", "
                + count(nodes, "node") + ".");
        if (nodes == 0)
            out.println("note: it declares no node; nodes can be added at run time: fairlead nodes add URL");
        if (offline || nodes == 0) return ExitCode.DONE;
        NodeFindings found = NodeFindings.of(settings, PATIENCE);
        var table = new TextTable("", "NODE", "BLOCK", "CLIENT", "FOUND");
        for (NodeFindings.Finding finding : found.findings()) {
            table.row(
                    finding.good() ? "ok" : "BAD",
                    finding.node().id(),
                    finding.block(),
                    finding.client(),
                    finding.text());
        }
        out.print(table);
        if (found.unasked() > 0) {
            out.println(count(found.unasked(), "node") + " could not be asked within " + PATIENCE.toSeconds()
                    + " seconds; ask again with fewer, or see fairlead status once the gateway runs");
        }
        out.flush();
        return found.allGood() ? ExitCode.DONE : ExitCode.NOT_DONE;
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
