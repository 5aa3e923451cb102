package dev.fairlead.bench.micro;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.Lag;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.data.load.Traffic;
import dev.fairlead.data.routing.ChainRoutes;
import dev.fairlead.data.routing.GroupRoutes;
import dev.fairlead.data.routing.RoutePlan;
import dev.fairlead.data.routing.Router;
import dev.fairlead.data.routing.RoutingNeeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to decide which nodes a call is put to, and in which order.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RoutingBench {
    private static final Method BALANCE = MethodTable.of("eth_getBalance");
    private static final Head HEAD = new Head(20_000_000, "0xabc", Instant.EPOCH, Instant.EPOCH);

    @Param({"1", "5", "20"})
    private int nodes;

    private final Traffic traffic = new Traffic(System::nanoTime);
    private ChainRoutes routes = roster(1);
    private final BlockRef latest = BlockRef.of(BALANCE, Slice.of("[\"0x1\",\"latest\"]"));
    private final BlockRef numbered = BlockRef.of(BALANCE, Slice.of("[\"0x1\",\"0x1312d00\"]"));

    @Setup
    public void register() {
        routes = roster(nodes);
    }

    @Benchmark
    public Object atTheHead() {
        return plan(latest);
    }

    @Benchmark
    public Object atANamedBlock() {
        return plan(numbered);
    }

    private RoutePlan plan(BlockRef block) {
        GroupRoutes group = routes.groupOf("eth_getBalance");
        return Router.plan(group, RoutingNeeds.of(BALANCE, block, HEAD.number()), traffic.now(), group.nextTurn());
    }

    private ChainRoutes roster(int count) {
        var states = new ArrayList<NodeState>();
        for (int i = 0; i < count; i++) {
            var id = new NodeId("mainnet", "node-" + i);
            Node node = Node.of(id, Endpoint.of("http://127.0.0.1:" + (8545 + i)));
            states.add(new NodeState(node, new Verdict.Ready(HEAD, Lag.ZERO), HEAD, Instant.EPOCH, null, -1, 1));
        }
        var chain = new ChainState(
                Chain.of("mainnet", 1, List.of()),
                1,
                new Reference.Agreement(HEAD, ""),
                states,
                List.of(Group.DEFAULT),
                null);
        return new ChainRoutes(chain, traffic);
    }
}
