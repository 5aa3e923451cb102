package dev.fairlead.cli;

import static dev.fairlead.cli.console.AdminClient.encoded;

import dev.fairlead.cli.console.AdminClient;
import dev.fairlead.cli.console.CreditOption;
import dev.fairlead.cli.console.DurationOption;
import dev.fairlead.cli.console.ExitCode;
import dev.fairlead.cli.console.Output;
import dev.fairlead.cli.console.TextTable;
import dev.fairlead.core.fleet.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "nodes",
        description = "List and change the nodes of a running gateway. Changes survive restarts.",
        synopsisSubcommandLabel = "COMMAND")
final class NodesCommand implements Runnable {
    private static final Duration PAUSE = Duration.ofMillis(250);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "what about the nodes? list, add, update, remove, cordon, drain, …");
    }

    @Command(name = "list", description = "Show every node with its verdict and the evidence for it.")
    int list(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Option(names = "--chain", paramLabel = "CHAIN", description = "only this chain") @Nullable String chain) {
        output.show(gateway.read("/nodes"), nodes -> table(nodes, chain));
        return ExitCode.DONE;
    }

    @Command(name = "add", description = "Add a node; it serves as soon as its verdict is ready.")
    int add(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Parameters(paramLabel = "URL", description = "HTTP URL of the node") String url,
            @Option(names = "--chain", paramLabel = "CHAIN", description = "chain; needed when there are several")
                    @Nullable
                    String chain,
            @Option(names = "--name", paramLabel = "NAME", description = "name; derived from the URL when absent")
                    @Nullable
                    String name,
            @Mixin NodeOptions options) {
        Map<String, Object> body = options.asked(spec.commandLine());
        body.put("url", url);
        if (chain != null) body.put("chain", chain);
        if (name != null) body.put("name", name);
        output.show(gateway.order("POST", "/nodes", body), node -> "added " + line(node));
        return ExitCode.DONE;
    }

    @Command(
            name = "update",
            description = "Change a node that was added at run time; values that are not named stay as they are.")
    int update(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Parameters(paramLabel = "NODE", description = "name, or chain/name") String node,
            @Option(names = "--url", paramLabel = "URL", description = "new HTTP URL") @Nullable String url,
            @Mixin NodeOptions options) {
        Map<String, Object> body = options.asked(spec.commandLine());
        if (url != null) body.put("url", url);
        if (body.isEmpty()) throw new ParameterException(spec.commandLine(), "nothing to change: name an option");
        output.show(gateway.order("PUT", path(full(gateway, node)), body), changed -> "updated " + line(changed));
        return ExitCode.DONE;
    }

    @Command(name = "remove", description = "Remove a node that was added at run time.")
    int remove(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Parameters(paramLabel = "NODE", description = "name, or chain/name") String node) {
        String full = full(gateway, node);
        output.show(
                gateway.order("DELETE", path(full), null),
                removed -> "removed " + full + System.lineSeparator() + AdminClient.remarks(removed));
        return ExitCode.DONE;
    }

    @Command(name = "cordon", description = "Send a node no new calls until uncordon. Survives restarts.")
    int cordon(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Parameters(paramLabel = "NODE", description = "name, or chain/name") String node,
            @Option(names = "--why", paramLabel = "TEXT", description = "for the audit trail") @Nullable String why) {
        return mode(gateway, output, node, "cordon", why);
    }

    @Command(name = "uncordon", description = "Let a cordoned or drained node serve again.")
    int uncordon(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Parameters(paramLabel = "NODE", description = "name, or chain/name") String node,
            @Option(names = "--why", paramLabel = "TEXT", description = "for the audit trail") @Nullable String why) {
        return mode(gateway, output, node, "uncordon", why);
    }

    @Command(
            name = "drain",
            description = "Send a node no new calls until uncordon, and let those in flight finish. Survives restarts.")
    int drain(
            @Mixin AdminClient gateway,
            @Mixin Output output,
            @Parameters(paramLabel = "NODE", description = "name, or chain/name") String node,
            @Option(
                            names = "--wait",
                            arity = "0..1",
                            paramLabel = "DURATION",
                            description = "return when the last call in flight has its answer, such as --wait=30s "
                                    + "(5m when no duration is given); exit code 1 when that takes longer",
                            converter = DurationOption.class,
                            preprocessor = DurationOption.Attached.class)
                    @Nullable
                    Duration wait,
            @Option(names = "--why", paramLabel = "TEXT", description = "for the audit trail") @Nullable String why) {
        String full = full(gateway, node);
        JsonNode draining = gateway.order("POST", path(full) + "/drain", reason(why));
        if (wait == null) {
            output.show(draining, changed -> "draining " + line(changed) + inFlight(changed));
            return ExitCode.DONE;
        }
        var waiting =
                new DrainWait(() -> gateway.read(path(full)), System::nanoTime, NodesCommand::pause, output.progress());
        output.show(waiting.await(full, wait), drained -> "drained " + line(drained) + AdminClient.remarks(draining));
        return ExitCode.DONE;
    }

    private static String inFlight(JsonNode node) {
        int calls = node.path("inFlight").asInt(0);
        return calls == 0 ? "" : "calls in flight: " + calls + "; --wait waits for them" + System.lineSeparator();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AdminClient.Rejected("interrupted; the node stays draining");
        }
    }

    private static Map<String, Object> reason(@Nullable String why) {
        return why == null ? Map.of() : Map.of("why", why);
    }

    private static int mode(AdminClient gateway, Output output, String node, String order, @Nullable String why) {
        output.show(
                gateway.order("POST", path(full(gateway, node)) + "/" + order, reason(why)),
                changed -> order + "ed " + line(changed));
        return ExitCode.DONE;
    }

    /// @param full `chain/name`, whatever it has in it
    static String path(String full) {
        int slash = full.indexOf('/');
        return "/nodes/" + encoded(full.substring(0, slash)) + "/" + encoded(full.substring(slash + 1));
    }

    /// The `chain/name` of a node that may be given by its name alone.
    private static String full(AdminClient gateway, String node) {
        if (node.contains("/")) return node;
        List<String> found = gateway.read("/nodes")
                .valueStream()
                .filter(each -> each.path("name").asString().equals(node))
                .map(each -> each.path("chain").asString() + "/" + node)
                .toList();
        if (found.size() == 1) return found.getFirst();
        throw new AdminClient.Rejected(
                found.isEmpty()
                        ? "no node is named " + node + "; fairlead nodes list shows the names"
                        : "several nodes are named " + node + ": say which of " + String.join(", ", found));
    }

    static TextTable table(JsonNode nodes, @Nullable String chain) {
        var table = new TextTable("NODE", "VERDICT", "MODE", "BLOCK", "LAG", "PROBE", "ROLE", "URL", "EVIDENCE");
        for (JsonNode node : nodes) {
            if (chain != null && !node.path("chain").asString().equals(chain)) continue;
            table.row(
                    node.path("chain").asString() + "/" + node.path("name").asString(),
                    verdict(node),
                    mode(node),
                    number(node.path("head").path("number")),
                    lag(node),
                    node.path("latencyMillis").isNumber()
                            ? "%.1f ms".formatted(node.path("latencyMillis").asDouble())
                            : "–",
                    node.path("leader").asBoolean()
                            ? "leader"
                            : node.path("role").asString(),
                    node.path("url").asString(),
                    evidence(node));
        }
        return table;
    }

    private static String verdict(JsonNode node) {
        return node.path("verdict").asString() + (node.path("ejected").isString() ? " (ejected)" : "");
    }

    /// A node that is out must not be shown as serving only because there is no order against it.
    private static String mode(JsonNode node) {
        String mode = node.path("mode").asString();
        return mode.equals("serving") && !node.path("serves").asBoolean() ? "out" : mode;
    }

    /// A ready node that saw a block before the reference did has lag 0, not a negative one.
    private static String lag(JsonNode node) {
        JsonNode blocks = node.path("lag").path("blocks");
        boolean first = node.path("verdict").asString().equals(Verdict.Kind.READY.word()) && blocks.asLong(0) < 0;
        return first ? "0" : number(blocks);
    }

    private static String evidence(JsonNode node) {
        var text = new StringBuilder(node.path("evidence").asString());
        if (node.path("ejected").isString())
            text.append("; ejected: ").append(node.path("ejected").asString());
        if (!node.path("spared").isEmpty()) {
            text.append("; gets no calls for ")
                    .append(words(node.path("spared")))
                    .append(" (fairlead events)");
        }
        String plan = plan(node.path("plan"));
        return plan.isEmpty() ? text.toString() : text.append("; ").append(plan).toString();
    }

    /// What a node with a plan was asked today: `plan: 750,000 of 3,000,000 credits today, 50/s`.
    private static String plan(JsonNode plan) {
        if (!plan.path("today").isNumber()) return "";
        String asked = "%,d".formatted(plan.path("today").asLong());
        JsonNode daily = plan.path("daily");
        String most = daily.isNumber() ? " of %,d".formatted(daily.asLong()) : "";
        String rate = plan.path("rate").isString() ? ", " + plan.path("rate").asString() : "";
        return "plan: " + asked + most + " credits today" + rate;
    }

    private static String words(JsonNode list) {
        var words = new StringJoiner(", ");
        for (JsonNode word : list) words.add(word.asString());
        return words.toString();
    }

    private static String number(JsonNode number) {
        return number.isNumber() ? number.asString() : "–";
    }

    /// The node, and what the gateway remarked on the order.
    private static String line(JsonNode node) {
        return node.path("chain").asString() + "/" + node.path("name").asString() + ": "
                + stateOf(node) + ", " + node.path("verdict").asString() + " ("
                + node.path("evidence").asString() + ")" + System.lineSeparator() + AdminClient.remarks(node);
    }

    private static String stateOf(JsonNode node) {
        return mode(node).equals("out") ? "not serving" : node.path("mode").asString();
    }

    /// The options for a node beside its URL.
    static final class NodeOptions {
        @Option(names = "--ws-url", description = "WebSocket URL; heads are then pushed")
        private @Nullable String wsUrl;

        @Option(names = "--role", paramLabel = "ROLE", description = "own or rented")
        private @Nullable String role;

        @Option(names = "--leader", negatable = true, description = "measure the other nodes of its chain against it")
        private @Nullable Boolean leader;

        @Option(names = "--weight", paramLabel = "NUMBER", description = "share of calls relative to its peers (100)")
        private @Nullable Integer weight;

        @Option(names = "--capacity", paramLabel = "NUMBER", description = "calls in flight at once (256)")
        private @Nullable Integer capacity;

        @Option(
                names = "--rate",
                paramLabel = "RATE",
                description = "credits that it may be asked in such a time: 50/s, 1000/m, none")
        private @Nullable String rate;

        @Option(
                names = "--daily",
                paramLabel = "CREDITS",
                description = "credits that it may be asked in a day of UTC: 3_000_000, none")
        private @Nullable String daily;

        @Option(
                names = "--credits",
                paramLabel = "METHOD=CREDITS",
                split = ",",
                description = "what a request counts: '*=80,eth_getLogs=255'; replaces all that were there; none")
        private @Nullable List<String> credits;

        @Option(names = "--label", paramLabel = "KEY=VALUE", description = "a label such as zone=a; repeatable")
        private Map<String, String> labels = new LinkedHashMap<>();

        @Option(names = "--header", paramLabel = "NAME=VALUE", description = "sent with every call; repeatable")
        private Map<String, String> headers = new LinkedHashMap<>();

        Map<String, Object> asked(CommandLine command) {
            var asked = new LinkedHashMap<String, Object>();
            if (wsUrl != null) asked.put("wsUrl", wsUrl);
            if (role != null) asked.put("role", role);
            if (leader != null) asked.put("leader", leader);
            if (weight != null) asked.put("weight", weight);
            if (capacity != null) asked.put("capacity", capacity);
            if (rate != null) asked.put("rate", rate.equals("none") ? "" : rate);
            if (daily != null) asked.put("daily", CreditOption.read("--daily", daily, command));
            if (credits != null) asked.put("credits", weights(credits, command));
            if (!labels.isEmpty()) asked.put("labels", labels);
            if (!headers.isEmpty()) asked.put("headers", headers);
            return asked;
        }

        private static Map<String, Long> weights(List<String> said, CommandLine command) {
            var weights = new LinkedHashMap<String, Long>();
            if (said.equals(List.of("none"))) return weights;
            for (String each : said) {
                int at = each.indexOf('=');
                if (at < 1)
                    throw new ParameterException(
                            command, "--credits: expected METHOD=CREDITS such as eth_getLogs=75, found " + each);
                weights.put(each.substring(0, at), CreditOption.read("--credits", each.substring(at + 1), command));
            }
            return weights;
        }
    }
}
