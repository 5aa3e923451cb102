package dev.fairlead.cli;

import dev.fairlead.cli.console.AdminClient;
import dev.fairlead.cli.console.ExitCode;
import dev.fairlead.cli.console.Output;
import dev.fairlead.cli.console.TextTable;
import dev.fairlead.core.jsonrpc.OneLine;
import java.util.LinkedHashMap;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

@Command(
        name = "explain",
        description =
                "Show whether a call is open to its caller, which nodes it would be put to, in which order, and why not the others.",
        footer = {"", "  fairlead explain eth_getBalance '[\"0x…\", \"0x10\"]'"})
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private final AdminClient gateway = new AdminClient();

    @Mixin
    private final Output output = new Output();

    @Option(names = "--chain", paramLabel = "CHAIN", description = "chain; needed when there are several")
    private @Nullable String chain;

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "on whose behalf; callers without a key when left out")
    private @Nullable String tenant;

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            description = "the page that calls, https://app.example; none when --user-agent alone is given")
    private @Nullable String origin;

    @Option(
            names = "--user-agent",
            paramLabel = "TEXT",
            description = "how the client calls itself; nothing when --origin alone is given")
    private @Nullable String userAgent;

    @Parameters(index = "0", paramLabel = "METHOD")
    @SuppressWarnings("NullAway.Init")
    private String method;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PARAMS",
            description = "JSON array; left out: the method, whatever its params")
    private @Nullable String params;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        var question = new LinkedHashMap<String, Object>();
        if (chain != null) question.put("chain", chain);
        if (tenant != null) question.put("tenant", tenant);
        question.put("method", method);
        if (origin != null) question.put("origin", origin);
        if (userAgent != null) question.put("userAgent", userAgent);
        if (params != null) question.put("params", json(params));
        output.show(gateway.order("POST", "/explain", question), ExplainCommand::forPeople);
        return ExitCode.DONE;
    }

    private JsonNode json(String text) {
        try {
            return AdminClient.JSON.readTree(text);
        } catch (JacksonException malformed) {
            throw new ParameterException(
                    spec.commandLine(), "PARAMS is not JSON: " + malformed.getOriginalMessage(), malformed);
        }
    }

    static String forPeople(JsonNode answer) {
        var lines = new StringJoiner(System.lineSeparator(), "", System.lineSeparator());
        String access = answer.path("access").asString();
        if (!access.isEmpty()) lines.add(OneLine.whole(access));
        if (answer.path("route").isString())
            lines.add(OneLine.whole(answer.path("route").asString()));
        AllowanceText.lines(answer).stream().map(OneLine::whole).forEach(lines::add);
        lines.add(OneLine.whole(answer.path("summary").asString()));
        return lines + (concernsNodes(answer) ? table(answer).toString() : "");
    }

    /// Whether the gateway does more than answer or refuse the call itself, so that there is a reason for each node.
    private static boolean concernsNodes(JsonNode answer) {
        String summary = answer.path("summary").asString();
        return !summary.startsWith("refused: ") && !summary.startsWith("answered by the gateway itself");
    }

    private static TextTable table(JsonNode answer) {
        var table = new TextTable("ORDER", "NODE", "WHY");
        for (JsonNode choice : answer.path("nodes")) {
            table.row(
                    choice.path("position").isNumber() ? choice.path("position").asString() : "–",
                    choice.path("node").asString(),
                    choice.path("reason").asString());
        }
        return table;
    }
}
