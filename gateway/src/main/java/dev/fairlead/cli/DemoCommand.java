package dev.fairlead.cli;

import dev.fairlead.cli.Gateways.Running;
import dev.fairlead.cli.console.ExitCode;
import dev.fairlead.config.keys.Overrides;
import dev.fairlead.config.keys.Settings;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.fakenode.Behaviour;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = "Start a small fleet of simulated nodes, one lagging and one failing now and then,"
                + " and a gateway in front of it. Nothing is kept.")
final class DemoCommand implements Callable<Integer> {
    private static final String CHAIN = "demo";
    private static final long CHAIN_ID = 424_242;
    private static final Duration BLOCK_TIME = Duration.ofSeconds(2);
    private static final int HISTORY = 100;
    private static final double FLAKY_SHARE = 0.1;
    private static final long FLAKY_SEED = 7;
    private static final String USUAL_ADMIN = "127.0.0.1:8081";

    private final Gateways gateways;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "where clients connect (default: ${DEFAULT-VALUE})",
            defaultValue = "127.0.0.1:8080")
    @SuppressWarnings("NullAway.Init")
    private String listen;

    @Option(
            names = "--admin-listen",
            paramLabel = "HOST:PORT",
            description = "admin API and metrics (default: ${DEFAULT-VALUE})",
            defaultValue = USUAL_ADMIN)
    @SuppressWarnings("NullAway.Init")
    private String admin;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    DemoCommand(Gateways gateways) {
        this.gateways = gateways;
    }

    @Override
    public Integer call() throws InterruptedException {
        FakeChain chain = chainWithAPast();
        Map<String, FakeNode> nodes = fleet(chain);
        var stop = new CountDownLatch(1);
        Path data = temporaryDirectory();
        Settings settings = settings(nodes, data);
        try (Running gateway = gateways.start(settings, DemoCommand::nothingToReadAgain)) {
            Signals.onEnd(stop::countDown);
            tell(gateway);
            while (!stop.await(BLOCK_TIME.toMillis(), TimeUnit.MILLISECONDS)) chain.mine();
        } finally {
            nodes.values().forEach(FakeNode::close);
        }
        return ExitCode.DONE;
    }

    private static FakeChain chainWithAPast() {
        FakeChain chain = FakeChain.of(CHAIN_ID);
        Instant now = Instant.now();
        for (int ago = HISTORY; ago >= 0; ago--) chain.mine(now.minus(BLOCK_TIME.multipliedBy(ago)));
        return chain;
    }

    private static Map<String, FakeNode> fleet(FakeChain chain) {
        var nodes = new LinkedHashMap<String, FakeNode>();
        for (String name : List.of("leader", "steady", "second", "laggard", "flaky")) {
            FakeNode node = FakeNode.start(chain);
            node.recording(false);
            nodes.put(name, node);
        }
        node(nodes, "laggard").lagBehind(25);
        node(nodes, "flaky").sometimes(FLAKY_SHARE, FLAKY_SEED, new Behaviour.Reset());
        return nodes;
    }

    private static FakeNode node(Map<String, FakeNode> nodes, String name) {
        FakeNode node = nodes.get(name);
        if (node == null) throw new IllegalStateException("the demo has no node named " + name);
        return node;
    }

    private Settings settings(Map<String, FakeNode> nodes, Path data) {
        var declared = new ArrayList<Node>();
        nodes.forEach((name, node) -> declared.add(simulated(name, node)));
        Chain.Probing usual = Chain.Probing.DEFAULT;
        var probing = new Chain.Probing(
                usual.interval(), usual.timeout(), usual.fall(), usual.rise(), BLOCK_TIME, usual.quiet());
        var chain = new Chain(CHAIN, CHAIN_ID, List.of("leader"), Chain.Tolerance.DEFAULT, probing, 0);
        var plan = new ChainPlan(chain, declared, List.of(Group.DEFAULT));
        var overrides = new Overrides(List.of(), null, listen, admin, data, null);
        return switch (overrides.over(Settings.DEFAULT.with(List.of(plan)))) {
            case Overrides.Merged.Good(var merged, var _) -> merged;
            case Overrides.Merged.Bad(var faults) -> throw new Gateways.Unusable(faults);
        };
    }

    private static Node simulated(String name, FakeNode node) {
        Node usual = Node.of(new NodeId(CHAIN, name), new Endpoint(node.httpUrl(), node.wsUrl(), Map.of(), null, null));
        return new Node(
                usual.id(),
                usual.role(),
                usual.endpoint(),
                usual.labels(),
                usual.weight(),
                usual.capacity(),
                usual.mode(),
                Node.Origin.DEMO);
    }

    private static Settings nothingToReadAgain() {
        throw new Gateways.Unusable(List.of("expected a configuration to read again, found none: this is"
                + " `fairlead demo`, which has neither a file nor nodes on its command line; nodes are added and"
                + " cordoned with `fairlead nodes`, and a gateway with a configuration starts with `fairlead serve`"));
    }

    private void tell(Running gateway) {
        PrintWriter out = spec.commandLine().getOut();
        String endpoint = gateway.endpoints().getFirst();
        String rest = admin.equals(USUAL_ADMIN) ? "" : " --admin " + gateway.admin();
        out.println("""
                Fairlead runs in front of five simulated nodes: a leader, steady and second, laggard (25 blocks behind, so
                it gets no calls) and flaky (resets one connection in ten; clients do not notice it).

                  endpoint   %s
                  metrics    %s/metrics

                Try:
                  curl %s -d '{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}'
                  fairlead status%s
                  fairlead explain eth_getBalance '["0x0000000000000000000000000000000000000000","latest"]'%s
                  fairlead nodes cordon steady%s
                  fairlead events%s

                Ctrl-C ends it.""".formatted(endpoint, gateway.admin(), endpoint, rest, rest, rest, rest));
        out.flush();
    }

    private static Path temporaryDirectory() {
        try {
            Path directory = Files.createTempDirectory("fairlead-demo");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
