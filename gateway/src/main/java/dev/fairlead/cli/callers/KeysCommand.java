package dev.fairlead.cli.callers;

import static dev.fairlead.cli.console.AdminClient.encoded;

import dev.fairlead.cli.console.AdminClient;
import dev.fairlead.cli.console.DurationOption;
import dev.fairlead.cli.console.ExitCode;
import dev.fairlead.cli.console.Output;
import dev.fairlead.cli.console.TextTable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `fairlead keys`.
@Command(
        name = "keys",
        description = "List and change the keys with which tenants call a running gateway.",
        synopsisSubcommandLabel = "COMMAND")
public final class KeysCommand implements Runnable {
    private static final String NAMED = "TENANT/ALIAS; the alias is default when there is none";
    private static final String NL = System.lineSeparator();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what about the keys? list, add, rotate, revoke, usage");
    }

    @Command(name = "list", description = "Show every key by its first characters.")
    int list(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Option(names = "--tenant", paramLabel = "TENANT", description = "only this tenant's") @Nullable
                    String tenant) {
        String path = tenant == null ? "/keys?" : "/keys?tenant=" + encoded(tenant) + "&";
        JsonNode all = gateway.pages(path, KeysCommand::place);
        output.show(all, KeysCommand::table);
        return ExitCode.DONE;
    }

    @Command(name = "usage", description = "Show what came today of the calls of each key, and when it was last used.")
    int usage(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Parameters(paramLabel = "TENANT", arity = "0..1", description = "only this tenant's") @Nullable
                    String tenant) {
        String path = tenant == null ? "/usage/keys?" : "/usage/keys?tenant=" + encoded(tenant) + "&";
        JsonNode all = gateway.pages(path, KeysCommand::place);
        output.show(all, UsageText::ofKeys);
        return ExitCode.DONE;
    }

    /// What stands for it in the query for the next page.
    private static String place(JsonNode key) {
        return encoded(key.path("tenant").asString() + "/" + key.path("alias").asString());
    }

    @Command(name = "add", description = "Add a key. It is printed once, and kept nowhere.")
    int add(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Parameters(paramLabel = "KEY", description = NAMED) String key,
            @Option(names = "--alias", paramLabel = "ALIAS", description = "the same as behind the slash") @Nullable
                    String alias,
            @Mixin KeyOptions options) {
        KeyName name = KeyName.of(key);
        if (alias != null) {
            if (key.indexOf('/') >= 0) throw new ParameterException(spec.commandLine(), "give the alias once");
            name = new KeyName(key, alias);
        }
        Map<String, Object> body = options.asked(spec.commandLine());
        body.put("tenant", name.tenant());
        body.put("alias", name.alias());
        output.show(gateway.order("POST", "/keys", body), added -> "added " + shown(added));
        return ExitCode.DONE;
    }

    @Command(name = "rotate", description = "Put a new key in the place of another, which is valid for a while yet.")
    int rotate(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Parameters(paramLabel = "KEY", description = NAMED) String key,
            @Option(
                            names = "--overlap",
                            paramLabel = "DURATION",
                            description = "how long the old key is valid, such as 7d; 0s for no longer "
                                    + "(default: ${DEFAULT-VALUE})",
                            converter = DurationOption.class,
                            defaultValue = "24h")
                    Duration overlap,
            @Mixin KeyOptions options) {
        Map<String, Object> body = options.asked(spec.commandLine());
        body.put("overlapSeconds", overlap.toSeconds());
        output.show(
                gateway.order("POST", KeyName.of(key).path() + "/rotate", body),
                rotated -> "rotated " + shown(rotated));
        return ExitCode.DONE;
    }

    @Command(name = "revoke", description = "Refuse a key from now on.")
    int revoke(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Parameters(paramLabel = "KEY", description = NAMED) String key,
            @Option(
                            names = "--prefix",
                            paramLabel = "PREFIX",
                            description = "only the one that begins so, where an alias has several")
                    @Nullable
                    String prefix) {
        KeyName name = KeyName.of(key);
        String path = name.path() + (prefix == null ? "" : "?prefix=" + encoded(prefix));
        output.show(
                gateway.order("DELETE", path, null),
                revoked -> "revoked " + name + ", which begins with "
                        + revoked.path("prefix").asString() + NL + AdminClient.remarks(revoked));
        return ExitCode.DONE;
    }

    private static String shown(JsonNode key) {
        var text = new StringBuilder();
        text.append(key.path("tenant").asString())
                .append('/')
                .append(key.path("alias").asString())
                .append(
                        key.path("expiresAt").isString()
                                ? ", valid until " + key.path("expiresAt").asString()
                                : ", valid without end")
                .append(NL);
        boolean isShown = key.path("key").isString();
        if (isShown) {
            text.append(NL)
                    .append("  ")
                    .append(key.path("key").asString())
                    .append(NL)
                    .append(NL);
            text.append("It is not shown again. ");
        }
        text.append("Clients call, with the key in the path").append(isShown ? "" : " in the place of KEY");
        text.append(" or in a header (X-API-Key, Authorization: Bearer):").append(NL);
        for (JsonNode url : key.path("urls"))
            text.append("  ").append(url.asString()).append(NL);
        return text.append(AdminClient.remarks(key)).toString();
    }

    private static TextTable table(JsonNode keys) {
        var table = new TextTable("KEY", "PREFIX", "STATE", "CREATED", "EXPIRES", "LAST USED");
        for (JsonNode key : keys) {
            table.row(
                    key.path("tenant").asString() + "/" + key.path("alias").asString(),
                    key.path("prefix").asString(),
                    key.path("state").asString(),
                    time(key.path("createdAt")),
                    key.path("expiresAt").isString() ? time(key.path("expiresAt")) : "never",
                    key.path("lastUsedAt").isString() ? time(key.path("lastUsedAt")) : "not seen");
        }
        return table;
    }

    private static String time(JsonNode instant) {
        return Instant.parse(instant.asString()).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
