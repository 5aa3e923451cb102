package dev.fairlead.cli.console;

import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Where a command prints, and the option that every command has that prints what the gateway said: a table for
/// people, or the API's JSON as it is for scripts.
public final class Output {
    @Option(names = "--json", description = "print JSON instead of a table")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// For what is said while a command waits; scripts read the other stream.
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
