package dev.fairlead.cli;

import dev.fairlead.cli.console.AdminClient;
import dev.fairlead.cli.console.ExitCode;
import dev.fairlead.cli.console.Output;
import dev.fairlead.cli.console.TimeSpans;
import dev.fairlead.core.jsonrpc.Counted;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(name = "status", description = "Show every chain and every node of a running gateway, and why a node is out.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private final AdminClient gateway = new AdminClient();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        JsonNode status = gateway.status();
        JsonNode nodes = gateway.read("/nodes");
        var both = AdminClient.JSON.createObjectNode();
        both.set("status", status);
        both.set("nodes", nodes);
        output.show(both, StatusCommand::forPeople);
        return ExitCode.DONE;
    }

    private static String forPeople(JsonNode both) {
        JsonNode status = both.path("status");
        var text = new StringBuilder();
        text.append("Fairlead ")
                .append(status.path("version").asString())
                .append(", up ")
                .append(TimeSpans.words(status.path("uptimeSeconds").asLong()))
                .append(System.lineSeparator())
                .append(memory(status.path("memory")))
                .append(tenants(status))
                .append(redis(status.path("redis")))
                .append(faults(status));
        for (JsonNode chain : status.path("chains")) {
            text.append(System.lineSeparator())
                    .append(chainLine(chain, status.path("chains")))
                    .append(System.lineSeparator());
            text.append(
                    NodesCommand.table(both.path("nodes"), chain.path("name").asString()));
        }
        if (status.path("chains").isEmpty()) {
            text.append(System.lineSeparator())
                    .append("No chain yet. Add a node: fairlead nodes add http://127.0.0.1:8545")
                    .append(System.lineSeparator());
        }
        return text.toString();
    }

    private static String memory(JsonNode memory) {
        return "Memory: " + budget(memory.path("heap"), "requests") + ", " + budget(memory.path("direct"), "answers")
                + System.lineSeparator();
    }

    /// Empty as long as there are neither tenants nor limits.
    private static String tenants(JsonNode status) {
        long tenants = status.path("tenants").asLong();
        long limits = status.path("limits").asLong();
        if (tenants == 0 && limits == 0) return "";
        String keys = " with " + Counted.of(status.path("keys").asLong(), "key");
        var text = new StringBuilder("Callers: ")
                .append(tenants == 0 ? "no tenants" : Counted.of(tenants, "tenant") + keys)
                .append(", ")
                .append(limits == 0 ? "no limits" : Counted.of(limits, "limit"))
                .append(System.lineSeparator());
        for (JsonNode quota : status.path("nearQuota")) {
            text.append("  ")
                    .append(quota.path("tenant").asString())
                    .append(" has taken ")
                    .append(quota.path("percent").asLong())
                    .append(" % of its day (")
                    .append(String.format(
                            Locale.ROOT,
                            "%,d of %,d credits",
                            quota.path("credits").asLong(),
                            quota.path("daily").asLong()))
                    .append(')')
                    .append(System.lineSeparator());
        }
        for (JsonNode each : status.path("tokenKeys")) text.append(tokenKeys(each));
        return text.toString();
    }

    private static String tokenKeys(JsonNode keys) {
        var text = new StringBuilder("  ")
                .append(keys.path("tenant").asString())
                .append(" takes tokens by ")
                .append(Counted.of(keys.path("keys").asLong(), "key"))
                .append(" from ")
                .append(keys.path("source").asString());
        if (keys.path("ageSeconds").isNumber()) {
            text.append(", fetched ")
                    .append(TimeSpans.words(keys.path("ageSeconds").asLong()))
                    .append(" ago");
        }
        if (keys.path("fault").isString()) {
            text.append("; CANNOT BE FETCHED: ").append(keys.path("fault").asString());
        }
        return text.append(System.lineSeparator()).toString();
    }

    /// Empty where each gateway counts for itself.
    private static String redis(JsonNode redis) {
        if (!redis.isObject()) return "";
        String since = redis.path("since").isString() ? redis.path("since").asString() : "";
        String gateways = Counted.of(redis.path("gateways").asLong(), "gateway");
        String what;
        if (redis.path("reached").asBoolean())
            what = " is reached since " + since + "; limits are shared by " + gateways;
        else if (since.isEmpty()) what = " was not reached yet";
        else {
            what = " is NOT REACHED since " + since + ": " + redis.path("fault").asString()
                    + "; this gateway keeps to its part of each limit, of " + gateways;
        }
        return "Redis: " + redis.path("url").asString() + what + System.lineSeparator();
    }

    /// Empty when all is well.
    private static String faults(JsonNode status) {
        long errors = status.path("errors").asLong();
        String text = errors == 0
                ? ""
                : "Faults of its own: " + errors + "; see its log, and fairlead events" + System.lineSeparator();
        if (!status.path("fault").isString()) return text;
        return text + "UNFIT, start it again: " + status.path("fault").asString() + System.lineSeparator();
    }

    private static String budget(JsonNode budget, String what) {
        long refusals = budget.path("refusals").asLong();
        return mebibytes(budget.path("used")) + " of " + mebibytes(budget.path("budget")) + " MiB for " + what
                + (refusals == 0 ? "" : " (" + refusals + " refused)");
    }

    private static long mebibytes(JsonNode bytes) {
        return (bytes.asLong() + (1 << 19)) >> 20;
    }

    private static String shared(JsonNode chain, JsonNode chains) {
        for (JsonNode other : chains) {
            boolean same = other.path("id").asLong(0) == chain.path("id").asLong(0);
            if (same && !other.path("name").equals(chain.path("name"))) return ", not its alone: use the name in paths";
        }
        return "";
    }

    private static String chainLine(JsonNode chain, JsonNode chains) {
        var line = new StringBuilder(chain.path("name").asString());
        if (chain.path("id").asLong(0) != 0)
            line.append(" (chain id ")
                    .append(chain.path("id"))
                    .append(shared(chain, chains))
                    .append(')');
        line.append(": measured against ")
                .append(chain.path("reference").path("text").asString());
        if (chain.path("stalled").isString()) {
            line.append("; STANDS STILL since ").append(chain.path("stalled").asString());
        }
        if (chain.path("rentedDaily").isNumber()) {
            line.append("; leaders and rented nodes were asked %,d of %,d credits today"
                    .formatted(
                            chain.path("rentedToday").asLong(),
                            chain.path("rentedDaily").asLong()));
        }
        if (chain.path("needsKey").asBoolean()) line.append("; calls need a key");
        return line.toString();
    }
}
