package dev.fairlead.cli.console;

import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Where a command prints. Also the option of every command that shows an answer of the gateway: a table for
/// people, or the API's JSON unchanged for scripts.
public final class Output {
    @Option(names = "--json", description = "print JSON instead of a table")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// For messages while a command waits; scripts read the other stream.
    public PrintWriter progress() {
        return spec.commandLine().getErr();
    }

    public void show(JsonNode answer, Function<JsonNode, Object> forPeople) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(answer.toPrettyString());
        } else {
            out.print(forPeople.apply(answer));
        }
        out.flush();
    }
}
