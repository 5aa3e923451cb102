package dev.fairlead.cli;

import dev.fairlead.cli.callers.KeysCommand;
import dev.fairlead.cli.callers.TenantsCommand;
import dev.fairlead.cli.console.AdminClient;
import dev.fairlead.cli.console.ExitCode;
import dev.fairlead.cli.console.MaskedKeys;
import dev.fairlead.cli.console.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
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
    /// The one command that needs to know all others.
    private static final String COMPLETION = "completion";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /// The command line of a process that starts gateways with `gateways`. Picocli reads the annotations of
    /// every command that it is given, which takes longer than most of them run: if `words` begins with a
    /// command's name, it gets only that one.
    ///
    /// @param words the arguments of the process
    public static CommandLine commandLine(Gateways gateways, String... words) {
        Map<String, Supplier<Object>> all = commands(gateways);
        boolean one = words.length > 0 && all.containsKey(words[0]) && !words[0].equals(COMPLETION);
        var commandLine = new CommandLine(new FairleadCommand());
        all.forEach((name, command) -> {
            if (!one || name.equals(words[0])) commandLine.addSubcommand(name, command.get());
        });
        commandLine.setExecutionExceptionHandler(FairleadCommand::explain);
        CommandLine.IParameterExceptionHandler usual = commandLine.getParameterExceptionHandler();
        commandLine.setParameterExceptionHandler(
                (fault, given) -> usual.handleParseException(ofCommand(masked(fault)), given));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        return commandLine;
    }

    private static Map<String, Supplier<Object>> commands(Gateways gateways) {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("serve", () -> new ServeCommand(gateways));
        commands.put("check", CheckCommand::new);
        commands.put("demo", () -> new DemoCommand(gateways));
        commands.put("status", StatusCommand::new);
        commands.put("nodes", NodesCommand::new);
        commands.put("tenants", TenantsCommand::new);
        commands.put("keys", KeysCommand::new);
        commands.put("events", EventsCommand::new);
        commands.put("explain", ExplainCommand::new);
        commands.put("reload", ReloadCommand::new);
        commands.put(
                "rehearse",
                () -> new RehearseCommand(
                        gateways, words -> commandLine(gateways, words).parseArgs(words)));
        commands.put(COMPLETION, CompletionCommand::new);
        commands.put("version", VersionCommand::new);
        return commands;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /// What is found wrong after the words are read is told with the usage of the command that they name, not
    /// of the one above it.
    private static ParameterException ofCommand(ParameterException fault) {
        ParameterException told = fault;
        CommandLine.ParseResult read = fault.getCommandLine().getParseResult();
        while (read != null && read.hasSubcommand()) {
            read = read.subcommand();
            told = new ParameterException(read.commandSpec().commandLine(), String.valueOf(fault.getMessage()));
        }
        return told;
    }

    private static ParameterException masked(ParameterException fault) {
        String text = String.valueOf(fault.getMessage());
        String masked = MaskedKeys.in(text);
        return masked.equals(text) ? fault : new ParameterException(fault.getCommandLine(), masked);
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
                commandLine.getErr().println("fairlead: " + MaskedKeys.in(String.valueOf(rejected.getMessage())));
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
