package dev.fairlead.cli;

import dev.fairlead.config.Settings;
import dev.fairlead.core.eth.Quantity;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.OneLine;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.upstream.Enquiry;
import dev.fairlead.core.upstream.EnquiryAnswer;
import dev.fairlead.core.upstream.Transport;
import dev.fairlead.core.upstream.Upstreams;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = "Find every fault of a configuration at once, then ask every node whether it answers and for"
                + " which chain.")
final class CheckCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(names = "--offline", description = "do not ask the nodes")
    private boolean offline;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// What asking one node showed.
    private record Finding(Node node, boolean good, String block, String client, String text) {}

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Settings settings = configuration.read(notice -> out.println("note: " + notice));
        configuration.requireAny();
        long nodes = settings.chains().stream()
                .mapToLong(plan -> plan.nodes().size())
                .sum();
        out.println("The configuration is valid: " + count(settings.chains().size(), "chain") + ", "
                + count(nodes, "node") + ".");
        if (nodes == 0)
            out.println("note: it declares no node; nodes can be added at run time: fairlead nodes add URL");
        if (offline || nodes == 0) return ExitCode.DONE;
        List<Finding> findings = ask(settings);
        var table = new TextTable("", "NODE", "BLOCK", "CLIENT", "FOUND");
        for (Finding finding : findings) {
            table.row(
                    finding.good() ? "ok" : "BAD",
                    finding.node().id(),
                    finding.block(),
                    finding.client(),
                    finding.text());
        }
        out.print(table);
        out.flush();
        return findings.stream().allMatch(Finding::good) ? ExitCode.DONE : ExitCode.NOT_DONE;
    }

    private static List<Finding> ask(Settings settings) throws InterruptedException {
        var loops = new MultiThreadIoEventLoopGroup(1, Transport.NIO.handlers());
        try (var upstreams = new Upstreams(Transport.NIO, loops, settings::upstream);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var enquiry = new Enquiry(upstreams);
            var asked = new ArrayList<Future<Finding>>();
            for (ChainPlan plan : settings.chains()) {
                for (Node node : plan.nodes()) asked.add(threads.submit(() -> ask(enquiry, plan.chain(), node)));
            }
            var findings = new ArrayList<Finding>();
            for (Future<Finding> finding : asked) findings.add(finding.get());
            return findings;
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a node could not be asked", bug);
        } finally {
            loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS)
                    .syncUninterruptibly();
        }
    }

    private static Finding ask(Enquiry enquiry, Chain chain, Node node) throws InterruptedException {
        return switch (enquiry.ask(node, Request.of("eth_chainId", "[]"), PATIENCE)) {
            case EnquiryAnswer.Unasked(var cause, var _) -> new Finding(node, false, "–", "–", cause);
            case EnquiryAnswer.Silent(var cause, var _) -> new Finding(node, false, "–", "–", cause);
            case EnquiryAnswer.Objected(var error, var _, var _) ->
                new Finding(node, false, "–", "–", "eth_chainId: " + OneLine.of(error.message()));
            case EnquiryAnswer.Said(var result, var took) -> {
                long id = Quantity.parse(result);
                String client = said(enquiry, node, "web3_clientVersion");
                String block = said(enquiry, node, "eth_blockNumber");
                boolean right = chain.declaredId() == 0 || chain.declaredId() == id;
                String found = right
                        ? "chain id " + id + ", answers in " + took.toMillis() + " ms"
                        : "expected chain id " + chain.declaredId() + ", found " + id
                                + "; correct its url or the chain's id";
                yield new Finding(node, right, number(block), client, found);
            }
        };
    }

    private static String said(Enquiry enquiry, Node node, String method) throws InterruptedException {
        return switch (enquiry.ask(node, Request.of(method, "[]"), PATIENCE)) {
            case EnquiryAnswer.Said(Slice result, var _)
            when JsonText.isString(result) -> OneLine.of(JsonText.decode(result));
            case EnquiryAnswer.Said _, EnquiryAnswer.Objected _, EnquiryAnswer.Unasked _, EnquiryAnswer.Silent _ -> "–";
        };
    }

    private static String number(String quantity) {
        long number = Quantity.parse(quantity);
        return number < 0 ? "–" : Long.toString(number);
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
