package dev.fairlead.data.routing;

import static dev.fairlead.data.failover.Fleets.forked;
import static dev.fairlead.data.failover.Fleets.lagging;
import static dev.fairlead.data.failover.Fleets.ready;
import static dev.fairlead.data.failover.Fleets.syncing;
import static dev.fairlead.data.failover.Fleets.unknown;
import static dev.fairlead.data.failover.Fleets.unreachable;
import static dev.fairlead.data.failover.Fleets.wrongChain;
import static dev.fairlead.data.routing.FixedLoad.IDLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.MethodTable;
import dev.fairlead.core.eth.Service;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.load.EjectionState;
import dev.fairlead.data.load.Tier;
import dev.fairlead.data.load.Traffic;
import dev.fairlead.support.Generator;
import dev.fairlead.support.Property;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RouterTest {
    private static final long NOW = 1_000;
    private static final EjectionState OUT = new EjectionState.Out(0, 500, 2_000, "refused");
    private static final EjectionState OVER = new EjectionState.Out(0, 500, 900, "refused");
    private static final EjectionState TRIAL = new EjectionState.Trial(0, 900, "refused");

    private final Map<String, FixedLoad> loads = new HashMap<>();

    @Test
    void ownNodesComeBeforeRentedAndTheLeaderLast() {
        Fleets fleets = new Fleets()
                .leader("leader", ready(100))
                .rented("rented", ready(100))
                .node("own", ready(100))
                .ordered();

        assertThat(order(fleets, "eth_call", latest())).containsExactly("own", "rented", "leader");
        assertThat(mode(fleets)).isEqualTo(Tier.OWN);
    }

    @Test
    void aNodeWhosePendingBlockIsBehindComesLastForCallsThatNameIt() {
        Fleets fleets = new Fleets()
                .pendingBehind("stale", 400)
                .rented("rented", ready(100))
                .ordered();
        BlockRef range = new BlockRef.Range(new BlockRef.Number(90), BlockRef.Tag.PENDING);

        assertThat(order(fleets, "eth_call", BlockRef.Tag.PENDING)).containsExactly("rented", "stale");
        assertThat(order(fleets, "eth_getLogs", range)).containsExactly("rented", "stale");
        assertThat(order(fleets, "eth_call", latest())).containsExactly("stale", "rented");
        assertThat(order(fleets, "eth_getLogs", new BlockRef.Range(new BlockRef.Number(90), BlockRef.Tag.LATEST)))
                .containsExactly("stale", "rented");
    }

    @Test
    void theLeaderServesWhenNobodyElseCan() {
        Fleets fleets = new Fleets()
                .leader("leader", ready(100))
                .node("own", lagging(50, 50))
                .rented("rented", unreachable())
                .ordered();

        assertThat(order(fleets, "eth_call", latest())).containsExactly("leader", "own", "rented");
        assertThat(mode(fleets)).isEqualTo(Tier.LAST_RESORT);
    }

    @Test
    void theLeaderThatAGroupNamesServesInIt() {
        Fleets fleets = new Fleets()
                .leader("leader", ready(100))
                .node("own", ready(100))
                .group("default", Group.Strategy.ORDERED, List.of("leader", "own"));

        assertThat(order(fleets, "eth_call", latest())).containsExactly("leader", "own");
    }

    @Test
    void inPanicTheLeastBadGoesFirst() {
        Fleets fleets = new Fleets()
                .node("dead", unreachable())
                .node("new", unknown())
                .node("far", lagging(50, 50))
                .node("sync", syncing(40))
                .node("near", lagging(80, 20))
                .node("out", ready(100))
                .ordered();
        loads.put("out", IDLE.ejection(OUT));

        assertThat(order(fleets, "eth_call", latest())).containsExactly("near", "far", "sync", "new", "dead", "out");
        assertThat(mode(fleets)).isEqualTo(Tier.PANIC);
    }

    @Test
    void aNodeOfAnotherChainOrBranchNeverServes() {
        Fleets fleets = new Fleets().node("wrong", wrongChain()).node("forked", forked());

        assertThat(plan(fleets, "eth_call", latest(), 0)).isInstanceOf(RoutePlan.NoNode.class);
    }

    @Test
    void aCordonedOrDrainingNodeIsNotAskedEvenInPanic() {
        Node node = Node.of(Fleets.id("a"), Endpoint.of("http://a"));
        Fleets fleets = new Fleets()
                .node(node.in(Node.Mode.CORDONED), ready(100))
                .node(Node.of(Fleets.id("b"), Endpoint.of("http://b")).in(Node.Mode.DRAINING), ready(100));

        assertThat(plan(fleets, "eth_call", latest(), 0)).isInstanceOf(RoutePlan.NoNode.class);
    }

    @Test
    void aNodeThatBothHealthAndTheGatewayFindDeadIsNotAsked() {
        Fleets fleets = new Fleets().node("a", unreachable());
        loads.put("a", IDLE.ejection(OUT));

        assertThat(plan(fleets, "eth_call", latest(), 0)).isInstanceOf(RoutePlan.NoNode.class);
    }

    @ParameterizedTest
    @MethodSource
    void standsWhere(String what, FixedLoad load, String method, BlockRef named, Eligibility expected) {
        Fleets fleets = Fleets.of("a");
        loads.put("a", load);

        assertThat(plan(fleets, method, named, 0))
                .as(what)
                .isInstanceOfSatisfying(
                        RoutePlan.Plan.class,
                        plan -> assertThat(plan.steps())
                                .singleElement()
                                .satisfies(planned ->
                                        assertThat(planned.eligibility()).isEqualTo(expected)));
    }

    static Stream<Arguments> standsWhere() {
        BlockRef latest = BlockRef.Tag.LATEST;
        return Stream.of(
                Arguments.of("idle", IDLE, "eth_call", latest, Eligibility.OWN),
                Arguments.of("ejected", IDLE.ejection(OUT), "eth_call", latest, Eligibility.EJECTED),
                Arguments.of("ejection over", IDLE.ejection(OVER), "eth_call", latest, Eligibility.TRIAL),
                Arguments.of("another tries", IDLE.ejection(TRIAL), "eth_call", latest, Eligibility.EJECTED),
                Arguments.of(
                        "no trial by submission",
                        IDLE.ejection(OVER),
                        "eth_sendRawTransaction",
                        latest,
                        Eligibility.EJECTED),
                Arguments.of("no trial by trace", IDLE.ejection(OVER), "trace_block", latest, Eligibility.EJECTED),
                Arguments.of(
                        "no trial behind the block",
                        IDLE.ejection(OVER),
                        "eth_call",
                        new BlockRef.Number(101),
                        Eligibility.EJECTED),
                Arguments.of("stuck", IDLE.stuck(), "eth_call", latest, Eligibility.STUCK),
                Arguments.of("spared", IDLE.spared(), "eth_call", latest, Eligibility.SPARED),
                Arguments.of("fails", IDLE.failing(Service.EXECUTION), "eth_call", latest, Eligibility.FAILING),
                Arguments.of("fails others", IDLE.failing(Service.LOGS), "eth_call", latest, Eligibility.OWN),
                Arguments.of("lacks", IDLE.lacking("eth_call"), "eth_call", latest, Eligibility.LACKING),
                Arguments.of("behind", IDLE, "eth_call", new BlockRef.Number(101), Eligibility.BEHIND),
                Arguments.of("exactly there", IDLE, "eth_call", new BlockRef.Number(100), Eligibility.OWN),
                Arguments.of("seen there", IDLE.at(101), "eth_call", new BlockRef.Number(101), Eligibility.OWN));
    }

    @Test
    void whoeverCanServeAtOnceComesBeforeWhoeverIsSparedForAWhile() {
        Fleets fleets = Fleets.of("spared", "stuck", "lacking", "good")
                .rented("rented", ready(100))
                .leader("leader", ready(100))
                .ordered();
        loads.put("spared", IDLE.spared());
        loads.put("stuck", IDLE.stuck());
        loads.put("lacking", IDLE.lacking("eth_call"));

        assertThat(order(fleets, "eth_call", latest()))
                .containsExactly("good", "rented", "spared", "stuck", "lacking", "leader");
    }

    @Test
    void aNodeBehindTheNamedBlockIsLeftOutWhenAnotherHasIt() {
        Fleets fleets = new Fleets()
                .node("low", ready(99))
                .node("high", ready(101))
                .node("lag", lagging(40, 60))
                .ordered();

        assertThat(order(fleets, "eth_call", new BlockRef.Number(101))).containsExactly("high");
    }

    @Test
    void aRentedNodeThatHasTheBlockIsBetterThanAnOwnOneThatHasNot() {
        Fleets fleets = new Fleets().node("own", ready(99)).rented("rented", ready(101));

        assertThat(order(fleets, "eth_call", new BlockRef.Number(101))).containsExactly("rented");
    }

    @Test
    void theHighestHeadGoesFirstWhenNobodyHasTheBlock() {
        Fleets fleets = new Fleets()
                .node("a", ready(98))
                .node("b", ready(100))
                .node("c", ready(99))
                .ordered();

        assertThat(order(fleets, "eth_call", new BlockRef.Number(200))).containsExactly("b", "c", "a");
    }

    @Test
    void theLeaderIsAskedForABlockThatOnlyItHas() {
        Fleets fleets = new Fleets().leader("leader", ready(105)).node("own", ready(100));

        assertThat(order(fleets, "eth_call", new BlockRef.Number(103))).containsExactly("leader", "own");
        assertThat(((RoutePlan.Plan) plan(fleets, "eth_call", new BlockRef.Number(103), 0)).mode())
                .isEqualTo(Tier.OWN);
    }

    @Test
    void aCallAtTheHeadPrefersNodesAtTheServedFloor() {
        Fleets fleets = new Fleets()
                .node("low", ready(99))
                .node("high", ready(100))
                .rented("rented", ready(100))
                .ordered();

        assertThat(order(fleets, "eth_call", latest(), 100)).containsExactly("high", "low", "rented");
        assertThat(order(fleets, "eth_call", new BlockRef.Number(50), 100)).containsExactly("low", "high", "rented");
    }

    @Test
    void aNodeWhoseEjectionIsOverGetsTheNextCallAsATrial() {
        Fleets fleets = Fleets.of("a", "b").ordered();
        loads.put("b", IDLE.ejection(OVER));

        assertThat(order(fleets, "eth_call", latest())).containsExactly("b", "a");
    }

    @Test
    void theMostSpecificPatternChoosesTheGroup() {
        Fleets fleets = Fleets.of("plain", "tracer", "exact")
                .group("default", Group.Strategy.ORDERED, List.of("plain"))
                .group("traces", Group.Strategy.ORDERED, List.of("tracer"), "debug_*", "d*")
                .group("one", Group.Strategy.ORDERED, List.of("exact"), "debug_traceCall", "debug_trace*");

        assertThat(order(fleets, "eth_call", latest())).containsExactly("plain");
        assertThat(order(fleets, "debug_getRawBlock", latest())).containsExactly("tracer");
        assertThat(order(fleets, "debug_traceCall", latest())).containsExactly("exact");
        assertThat(order(fleets, "debug_traceBlockByNumber", latest())).containsExactly("exact");
    }

    @Test
    void aPlanNeverHoldsANodeThatMustNotServe() {
        Property.holds(500, any -> aPlanNeverHoldsANodeThatMustNotServe(fleets(any), any.anyLong()));
    }

    private void aPlanNeverHoldsANodeThatMustNotServe(List<Given> given, long turn) {
        var fleets = new Fleets();
        for (int i = 0; i < given.size(); i++) {
            Given one = given.get(i);
            fleets.node(Fleets.with("n" + i, one.role, 1 + i, 9).in(one.mode), one.verdict);
            loads.put("n" + i, one.load);
        }
        GroupRoutes group = roster(fleets).groupOf("eth_call");

        RoutePlan plan = Router.plan(group, RoutingNeeds.of(MethodTable.of("eth_call"), latest(), 100), NOW, turn);

        long askable = given.stream().filter(Given::mayBeAsked).count();
        if (askable == 0) assertThat(plan).isInstanceOf(RoutePlan.NoNode.class);
        else
            assertThat(((RoutePlan.Plan) plan).steps())
                    .hasSize((int) askable)
                    .doesNotHaveDuplicates()
                    .allMatch(planned -> given.get(index(planned)).mayBeAsked())
                    .isSortedAccordingTo((one, other) -> one.eligibility().compareTo(other.eligibility()));
    }

    record Given(Verdict verdict, Node.Mode mode, Node.Role role, FixedLoad load) {
        boolean mayBeAsked() {
            boolean dead = verdict instanceof Verdict.Unreachable
                    && List.of(OUT, TRIAL).contains(load.state());
            return mode == Node.Mode.SERVING
                    && !dead
                    && !(verdict instanceof Verdict.Forked)
                    && !(verdict instanceof Verdict.WrongChain);
        }
    }

    private static List<Given> fleets(Generator any) {
        return any.list(0, 6, () -> given(any));
    }

    private static Given given(Generator any) {
        Verdict verdict =
                any.oneOf(ready(100), lagging(50, 50), syncing(3), forked(), wrongChain(), unreachable(), unknown());
        FixedLoad load = any.oneOf(
                IDLE,
                IDLE.with(7),
                IDLE.stuck(),
                IDLE.spared(),
                IDLE.lacking("eth_call"),
                IDLE.ejection(OUT),
                IDLE.ejection(OVER),
                IDLE.ejection(TRIAL));
        return new Given(verdict, any.oneOf(Node.Mode.values()), any.oneOf(Node.Role.values()), load);
    }

    private static int index(PlannedNode planned) {
        return Integer.parseInt(planned.node().name().substring(1));
    }

    private static BlockRef latest() {
        return BlockRef.Tag.LATEST;
    }

    private ChainRoutes roster(Fleets fleets) {
        var traffic = new Traffic(() -> NOW);
        for (NodeState node : fleets.chain().nodes()) {
            loads.getOrDefault(node.id().name(), IDLE).on(traffic.node(node.id()), NOW);
        }
        return new ChainRoutes(fleets.chain(), traffic);
    }

    private RoutePlan plan(Fleets fleets, String name, BlockRef named, long floor) {
        Method method = MethodTable.of(name);
        return Router.plan(roster(fleets).groupOf(name), RoutingNeeds.of(method, named, floor), NOW, 0);
    }

    private Tier mode(Fleets fleets) {
        return plan(fleets, "eth_call", latest(), 0).mode();
    }

    private List<String> order(Fleets fleets, String name, BlockRef named) {
        return order(fleets, name, named, -1);
    }

    private List<String> order(Fleets fleets, String name, BlockRef named, long floor) {
        var plan = (RoutePlan.Plan) plan(fleets, name, named, floor);
        return plan.steps().stream().map(planned -> planned.node().name()).toList();
    }
}
