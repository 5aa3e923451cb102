package dev.fairlead.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The root of the commands.
@Command(
        name = "fairlead",
        description = "Your own Infura: one endpoint over the Ethereum nodes that you run and rent.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Start with:",
            "  fairlead demo",
            "  fairlead serve --node http://127.0.0.1:8545",
        })
public final class FairleadCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /// The command line of a process that starts gateways with `gateways`.
    public static CommandLine commandLine(Gateways gateways) {
        var commandLine = new CommandLine(new FairleadCommand())
                .addSubcommand(new ServeCommand(gateways))
                .addSubcommand(new CheckCommand())
                .addSubcommand(new DemoCommand(gateways))
                .addSubcommand(new StatusCommand())
                .addSubcommand(new NodesCommand())
                .addSubcommand(new EventsCommand())
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new ReloadCommand())
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new VersionCommand())
                .setExecutionExceptionHandler(FairleadCommand::explain);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        return commandLine;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int explain(Exception failure, CommandLine commandLine, CommandLine.ParseResult asked) {
        return switch (failure) {
            case Gateways.Unusable unusable -> {
                unusable.faults().forEach(commandLine.getErr()::println);
                yield ExitCode.CONFIGURATION;
            }
            case Gateways.CannotStart cannot -> {
                commandLine.getErr().println("fairlead: " + cannot.getMessage());
                yield ExitCode.CANNOT_START;
            }
            case AdminClient.NoGateway none -> {
                commandLine.getErr().println("fairlead: " + none.getMessage());
                yield ExitCode.NO_GATEWAY;
            }
            case AdminClient.Rejected rejected -> {
                commandLine.getErr().println("fairlead: " + rejected.getMessage());
                yield ExitCode.NOT_DONE;
            }
            default -> {
                failure.printStackTrace(commandLine.getErr());
                commandLine.getErr().println("fairlead: this is a bug; please report the lines above");
                yield ExitCode.NOT_DONE;
            }
        };
    }
}
