package dev.fairlead.cli;

import dev.fairlead.config.keys.Settings;
import dev.fairlead.core.eth.Quantity;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.OneLine;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.net.Transport;
import dev.fairlead.core.upstream.NodeQuery;
import dev.fairlead.core.upstream.NodeQueryAnswer;
import dev.fairlead.core.upstream.Upstreams;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What the nodes of a configuration answered; they are asked side by side, all within a bound of time.
///
/// @param unasked how many nodes had not been asked, or had not answered, when the time was over
record NodeFindings(List<Finding> findings, int unasked) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SIDE_BY_SIDE = 256;

    /// @param good whether the node answers, and for the right chain
    record Finding(Node node, boolean good, String block, String client, String text) {}

    boolean allGood() {
        return unasked == 0 && findings.stream().allMatch(Finding::good);
    }

    /// @param limit for all of them together
    static NodeFindings of(Settings settings, Duration limit) throws InterruptedException {
        var loops = new MultiThreadIoEventLoopGroup(1, Transport.NIO.handlers());
        try (var upstreams = new Upstreams(Transport.NIO, loops, settings::upstream)) {
            return of(askings(settings, new NodeQuery(upstreams)), limit);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static NodeFindings of(List<Callable<Finding>> askings, Duration limit) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var findings = new ArrayList<Finding>();
            int unasked = 0;
            for (Future<Finding> asked : threads.invokeAll(askings, limit.toNanos(), TimeUnit.NANOSECONDS)) {
                switch (asked.state()) {
                    case SUCCESS -> findings.add(asked.resultNow());
                    case CANCELLED, RUNNING -> unasked++;
                    case FAILED -> throw new IllegalStateException("a node could not be asked", asked.exceptionNow());
                }
            }
            return new NodeFindings(List.copyOf(findings), unasked);
        }
    }

    private static List<Callable<Finding>> askings(Settings settings, NodeQuery query) {
        var permits = new Semaphore(SIDE_BY_SIDE);
        var askings = new ArrayList<Callable<Finding>>();
        for (ChainPlan plan : settings.chains()) {
            for (Node node : plan.nodes()) {
                askings.add(() -> {
                    permits.acquire();
                    try {
                        return ask(query, plan.chain(), node);
                    } finally {
                        permits.release();
                    }
                });
            }
        }
        return askings;
    }

    private static Finding ask(NodeQuery query, Chain chain, Node node) throws InterruptedException {
        return switch (query.ask(node, Request.of("eth_chainId", "[]"), PATIENCE)) {
            case NodeQueryAnswer.Unasked(var cause, var _) -> new Finding(node, false, "–", "–", cause);
            case NodeQueryAnswer.Silent(var cause, var _) -> new Finding(node, false, "–", "–", cause);
            case NodeQueryAnswer.Objected(var error, var _, var _) ->
                new Finding(node, false, "–", "–", "eth_chainId: " + OneLine.of(error.message()));
            case NodeQueryAnswer.Said(var result, var took) -> {
                long id = Quantity.parse(result);
                String client = said(query, node, "web3_clientVersion");
                String block = said(query, node, "eth_blockNumber");
                boolean right = chain.declaredId() == 0 || chain.declaredId() == id;
                String found = right
                        ? "chain id " + id + ", answers in " + took.toMillis() + " ms"
                        : "expected chain id " + chain.declaredId() + ", found " + id
                                + "; correct its url or the chain's id";
                yield new Finding(node, right, number(block), client, found);
            }
        };
    }

    private static String said(NodeQuery query, Node node, String method) throws InterruptedException {
        return switch (query.ask(node, Request.of(method, "[]"), PATIENCE)) {
            case NodeQueryAnswer.Said(Slice result, var _)
            when JsonText.isString(result) -> OneLine.of(JsonText.decode(result));
            case NodeQueryAnswer.Said _,
                    NodeQueryAnswer.Objected _,
                    NodeQueryAnswer.Unasked _,
                    NodeQueryAnswer.Silent _ -> "–";
        };
    }

    private static String number(String quantity) {
        long number = Quantity.parse(quantity);
        return number < 0 ? "–" : Long.toString(number);
    }
}
