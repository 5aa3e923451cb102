package dev.fairlead.cli;

import static dev.fairlead.cli.KeyName.encoded;

import dev.fairlead.cli.console.ExitCode;
import dev.fairlead.cli.console.Output;
import dev.fairlead.cli.console.TextTable;
import java.util.Map;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "tenants",
        description =
                "List and change who may call a running gateway: teams, dapps or customers, with keys of their own.",
        synopsisSubcommandLabel = "COMMAND")
final class TenantsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what about the tenants? list, add, remove");
    }

    @Command(name = "list", description = "Show every tenant.")
    int list(@Mixin AdminClient gateway, @Mixin Output output) {
        JsonNode all =
                gateway.pages("/tenants?", last -> encoded(last.path("name").asString()));
        output.show(all, TenantsCommand::table);
        return ExitCode.DONE;
    }

    @Command(name = "add", description = "Add a tenant. With the first one, calls without a key are refused.")
    int add(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Parameters(paramLabel = "NAME", description = "lower-case letters, digits and dashes") String name) {
        output.show(
                gateway.order("POST", "/tenants", Map.of("name", name)),
                tenant -> "added " + name + "; fairlead keys add " + name + " gives it a key" + System.lineSeparator()
                        + AdminClient.remarks(tenant));
        return ExitCode.DONE;
    }

    @Command(name = "remove", description = "Remove a tenant that was added at run time.")
    int remove(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Parameters(paramLabel = "NAME", description = "its name") String name,
            @Option(
                            names = "--force",
                            description = "also if it has keys, which are revoked, and if it is the last one")
                    boolean force) {
        String path = "/tenants/" + encoded(name) + (force ? "?force=true" : "");
        output.show(
                gateway.order("DELETE", path, null),
                tenant -> "removed " + name + System.lineSeparator() + AdminClient.remarks(tenant));
        return ExitCode.DONE;
    }

    private static TextTable table(JsonNode tenants) {
        var table = new TextTable("TENANT", "ORIGIN", "KEYS", "PRESET", "ALLOW", "DENY");
        for (JsonNode tenant : tenants) {
            table.row(
                    tenant.path("name").asString(),
                    tenant.path("origin").asString(),
                    tenant.path("keys").asString(),
                    tenant.path("preset").isString() ? tenant.path("preset").asString() : "",
                    words(tenant.path("allow")),
                    words(tenant.path("deny")));
        }
        return table;
    }

    private static String words(JsonNode list) {
        var words = new StringJoiner(", ");
        for (JsonNode word : list) words.add(word.asString());
        return words.toString();
    }
}
