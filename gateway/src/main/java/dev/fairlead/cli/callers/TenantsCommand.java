package dev.fairlead.cli.callers;

import static dev.fairlead.cli.console.AdminClient.encoded;

import dev.fairlead.cli.console.AdminClient;
import dev.fairlead.cli.console.ExitCode;
import dev.fairlead.cli.console.Output;
import dev.fairlead.cli.console.TextTable;
import dev.fairlead.core.jsonrpc.Counted;
import dev.fairlead.core.jsonrpc.OneLine;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `fairlead tenants`.
@Command(
        name = "tenants",
        description =
                "List and change who may call a running gateway: teams, dapps or customers, with keys of their own.",
        synopsisSubcommandLabel = "COMMAND")
public final class TenantsCommand implements Runnable {
    private static final String NL = System.lineSeparator();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "what about the tenants? list, show, add, update, remove, usage");
    }

    @Command(name = "list", description = "Show every tenant.")
    int list(@Mixin AdminClient gateway, @Mixin Output output) {
        JsonNode all =
                gateway.pages("/tenants?", last -> encoded(last.path("name").asString()));
        output.show(all, TenantsCommand::table);
        return ExitCode.DONE;
    }

    @Command(
            name = "usage",
            description =
                    "Show what every tenant took today, or one of them day by day: credits, quota, calls, and what "
                            + "calls were refused for.")
    int usage(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Parameters(
                            paramLabel = "NAME",
                            arity = "0..1",
                            description = "one tenant; public are callers without a key")
                    @Nullable
                    String name,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            description = "how many days, today included, of those that are kept (35)",
                            defaultValue = "1")
                    int days) {
        if (name == null) {
            if (days != 1) throw new ParameterException(spec.commandLine(), "--days: name a tenant beside it");
            JsonNode all = gateway.pages(
                    "/usage/tenants?", last -> encoded(last.path("tenant").asString()));
            output.show(all, UsageText::ofTenants);
            return ExitCode.DONE;
        }
        output.show(gateway.read("/usage/tenants/" + encoded(name) + "?days=" + days), UsageText::ofTenant);
        return ExitCode.DONE;
    }

    @Command(name = "show", description = "Show one tenant: its rules, and where they stand.")
    int show(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Parameters(paramLabel = "NAME", description = "its name") String name) {
        output.show(gateway.read("/tenants/" + encoded(name)), TenantsCommand::shown);
        return ExitCode.DONE;
    }

    @Command(
            name = "update",
            description =
                    "Change the rules of a tenant that was added at run time, from its next call on. What is left "
                            + "out stays as it is; none takes a rule away.")
    int update(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Parameters(paramLabel = "NAME", description = "its name") String name,
            @Mixin TenantOptions options) {
        Map<String, Object> rules = options.asked(spec.commandLine());
        if (rules.isEmpty()) throw new ParameterException(spec.commandLine(), "what is to change? --rate, --daily, …");
        output.show(
                gateway.order("PUT", "/tenants/" + encoded(name), rules),
                tenant -> "updated " + shown(tenant) + AdminClient.remarks(tenant));
        return ExitCode.DONE;
    }

    @Command(name = "add", description = "Add a tenant. With the first one, calls without a key are refused.")
    int add(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Parameters(paramLabel = "NAME", description = "lower-case letters, digits and dashes") String name,
            @Mixin TenantOptions options) {
        Map<String, Object> body = options.asked(spec.commandLine());
        body.put("name", name);
        output.show(
                gateway.order("POST", "/tenants", body),
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

    /// One rule a line; a tenant without rules says so.
    private static String shown(JsonNode tenant) {
        var text = new StringBuilder(tenant.path("name").asString());
        text.append(", ").append(tenant.path("origin").asString());
        if (tenant.path("place").isString())
            text.append(" (").append(tenant.path("place").asString()).append(')');
        text.append(", ")
                .append(Counted.of(tenant.path("keys").asLong(), "key"))
                .append(NL);
        int before = text.length();
        line(text, "preset", word(tenant.path("preset")));
        line(text, "allow", words(tenant.path("allow")));
        line(text, "deny", words(tenant.path("deny")));
        line(text, "rate", word(tenant.path("rate")));
        line(text, "burst", number(tenant.path("burst")));
        line(text, "daily", number(tenant.path("daily")));
        for (JsonNode rule : tenant.path("further")) {
            text.append("  ")
                    .append(rule.path("rule").asString())
                    .append(": ")
                    .append(OneLine.whole(rule.path("text").asString()));
            if (rule.path("place").isString())
                text.append(" (").append(rule.path("place").asString()).append(')');
            text.append(NL);
        }
        if (text.length() == before) text.append("  no rules of its own").append(NL);
        return text.toString();
    }

    private static void line(StringBuilder text, String rule, String value) {
        if (!value.isEmpty())
            text.append("  %-7s ".formatted(rule)).append(value).append(NL);
    }

    private static TextTable table(JsonNode tenants) {
        var table = new TextTable(
                "TENANT", "ORIGIN", "KEYS", "RATE", "BURST", "DAILY", "PRESET", "ALLOW", "DENY", "FURTHER");
        for (JsonNode tenant : tenants) {
            table.row(
                    tenant.path("name").asString(),
                    tenant.path("origin").asString(),
                    tenant.path("keys").asString(),
                    word(tenant.path("rate")),
                    number(tenant.path("burst")),
                    number(tenant.path("daily")),
                    word(tenant.path("preset")),
                    words(tenant.path("allow")),
                    words(tenant.path("deny")),
                    further(tenant.path("further")));
        }
        return table;
    }

    /// `addresses, transactions`: of what there are rules; `show` tells them.
    private static String further(JsonNode rules) {
        return rules.valueStream()
                .map(rule -> rule.path("rule").asString().replaceFirst("[.].*", ""))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String word(JsonNode text) {
        return text.isString() ? text.asString() : "";
    }

    private static String number(JsonNode number) {
        return number.isNumber() ? String.format(Locale.ROOT, "%,d", number.asLong()) : "";
    }

    private static String words(JsonNode list) {
        var words = new StringJoiner(", ");
        for (JsonNode word : list) words.add(word.asString());
        return words.toString();
    }
}
