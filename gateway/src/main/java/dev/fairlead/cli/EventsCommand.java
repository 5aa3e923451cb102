package dev.fairlead.cli;

import dev.fairlead.cli.console.AdminClient;
import dev.fairlead.cli.console.ExitCode;
import dev.fairlead.cli.console.Output;
import dev.fairlead.cli.console.TextTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "events", description = "Show recent events: verdicts, leaders, ejections, orders.")
final class EventsCommand implements Callable<Integer> {
    @Mixin
    private final AdminClient gateway = new AdminClient();

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            description = "number of events at the most (default: ${DEFAULT-VALUE})",
            defaultValue = "50")
    private int limit;

    @Override
    public Integer call() {
        output.show(gateway.read("/events?limit=" + limit), EventsCommand::forPeople);
        return ExitCode.DONE;
    }

    private static TextTable forPeople(JsonNode events) {
        var table = new TextTable("WHEN", "WHAT", "WHERE", "");
        for (JsonNode event : events) {
            String where = event.path("node").isString()
                    ? event.path("node").asString()
                    : event.path("chain").asString("");
            table.row(
                    seconds(event.path("at").asString()),
                    event.path("kind").asString(),
                    where,
                    event.path("text").asString());
        }
        return table;
    }

    private static String seconds(String instant) {
        return Instant.parse(instant).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
