package dev.fairlead.cli;

import dev.fairlead.cli.console.AdminClient;
import dev.fairlead.cli.console.ExitCode;
import dev.fairlead.cli.console.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "reload",
        description = "Make a running gateway read its configuration again; applied whole or not at all.")
final class ReloadCommand implements Callable<Integer> {
    @Mixin
    private final AdminClient gateway = new AdminClient();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        output.show(gateway.order("POST", "/reload", null), ReloadCommand::forPeople);
        return ExitCode.DONE;
    }

    private static String forPeople(JsonNode answer) {
        if (answer.path("changes").isEmpty()) return "reloaded; nothing changed" + System.lineSeparator();
        var text = new StringBuilder("reloaded:").append(System.lineSeparator());
        answer.path("changes")
                .forEach(change -> text.append("  ").append(change.asString()).append(System.lineSeparator()));
        return text.toString();
    }
}
