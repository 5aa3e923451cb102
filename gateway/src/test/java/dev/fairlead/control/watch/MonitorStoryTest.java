package dev.fairlead.control.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.RealQueries;
import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.core.fleet.Board;
import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.fleet.Chain.Probing;
import dev.fairlead.core.fleet.Chain.Tolerance;
import dev.fairlead.core.fleet.Declared;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Fleet.ChainState;
import dev.fairlead.core.fleet.Group;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.NodeId;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.fakenode.Behaviour;
import dev.fairlead.fakenode.FakeChain;
import dev.fairlead.fakenode.FakeNode;
import dev.fairlead.support.RecordedEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A leader and three nodes over real connections. Whatever befalls one of them, the others are never shown as
/// anything but ready.
@Timeout(60)
class MonitorStoryTest {
    private final FakeChain chain = FakeChain.of(1337);
    private final FakeNode leader = FakeNode.start(chain);
    private final FakeNode a = FakeNode.start(chain);
    private final FakeNode b = FakeNode.start(chain);
    private final FakeNode c = FakeNode.start(chain);
    private final RealQueries wire = new RealQueries();
    private final Board<Declared> declared = new Board<>(Declared.NOTHING);
    private final Board<Fleet> fleet = new Board<>(Fleet.EMPTY);
    private final RecordedEvents events = new RecordedEvents();
    private final Monitor monitor = new Monitor(
            declared, fleet, wire, wire, events, InstantSource.system(), Map.of(), new Supervisor(Faults.TO_LOG));

    @BeforeEach
    void aWatchedFleet() throws InterruptedException {
        chain.mine(100);
        declare(List.of("leader"), Duration.ofMillis(100));
        monitor.start();
        assertThat(monitor.firstRound(Duration.ofSeconds(10))).isTrue();
        awaitWord("ready", "leader", "a", "b", "c");
    }

    @AfterEach
    void end() {
        monitor.close();
        Stream.of(leader, a, b, c).forEach(FakeNode::close);
        wire.close();
    }

    @Test
    void aNodeThatLagsLeavesAndReturnsWhenItHasCaughtUp() {
        a.lagBehind(11);
        awaitWord("lagging", "a");
        a.lagBehind(10);
        awaitWord("ready", "a");

        assertNothingBefell("leader", "b", "c");
    }

    @Test
    void aFrozenNodeLeavesWhenTheChainHasLeftItBehind() {
        a.freezeAt(100);

        mine(11);

        awaitWord("lagging", "a");
        a.follow();
        awaitWord("ready", "a");
        assertNothingBefell("leader", "b", "c");
    }

    @Test
    void aNodeThatHangsLeaves() {
        a.always(new Behaviour.Hang());

        awaitWord("unreachable", "a");
        a.normal();
        awaitWord("ready", "a");
        assertNothingBefell("leader", "b", "c");
    }

    @Test
    void aNodeThatCrashesLeavesAndReturnsRevived() {
        a.crash();
        awaitWord("unreachable", "a");
        a.revive();
        awaitWord("ready", "a");

        assertNothingBefell("leader", "b", "c");
    }

    @Test
    void aForkIsQuarantinedUntilItRejoins() {
        FakeChain other = chain.fork(98, "other");
        a.follows(other);
        other.mine(4);
        mine(3);

        awaitWord("forked", "a");
        a.follows(chain);
        awaitWord("ready", "a");
        assertNothingBefell("leader", "b", "c");
    }

    @Test
    void aNodeThatTurnsToAnotherChainNeverServesAgain() {
        a.crash();
        awaitWord("unreachable", "a");
        a.chainId(5);
        a.revive();

        awaitWord("wrong-chain", "a");
        assertNothingBefell("leader", "b", "c");
    }

    @Test
    void aNodeThatLiesHighIsQuarantined() {
        a.reportsHead(5000);

        awaitWord("forked", "a");
        mine(2);
        assertNothingBefell("leader", "b", "c");
    }

    @Test
    void nodesThatAreStuckBelowAHeightWithoutABlockDoNotTakeOutTheOthers() {
        declare(List.of(), Duration.ofMillis(100));
        Stream.of(b, c).forEach(node -> node.freezeAt(100));
        chain.skip(1);
        chain.mine(20);

        awaitWord("lagging", "b", "c");
        mine(3);
        assertNothingBefell("leader", "a");
    }

    @Test
    void aStuckLeaderDoesNotTakeOutItsOnlyNodeBeyondAHeightWithoutABlock() {
        Stream.of(b, c).forEach(FakeNode::crash);
        awaitWord("unreachable", "b", "c");
        leader.freezeAt(100);
        chain.skip(3);
        chain.mine(20);

        awaitWord("lagging", "leader");
        mine(3);
        assertNothingBefell("a");
    }

    @Test
    void aLeaderThatLiesHighIsNotFollowed() {
        leader.reportsHead(5000);

        awaitWord("forked", "leader");
        assertThat(reference()).isInstanceOf(Reference.Agreement.class);
        mine(3);
        leader.follow();
        awaitWord("ready", "leader");
        await("the leader leads again", () -> reference() instanceof Reference.Leader);
        assertNothingBefell("a", "b", "c");
    }

    @Test
    void aLeaderThatLiesLowIsNotFollowed() {
        leader.reportsHead(50);

        awaitWord("lagging", "leader");
        assertThat(reference()).isInstanceOf(Reference.Agreement.class);
        mine(3);
        leader.follow();
        awaitWord("ready", "leader");
        assertNothingBefell("a", "b", "c");
    }

    @Test
    void aLeaderOnItsOwnBranchIsNotFollowed() {
        FakeChain other = chain.fork(98, "other");
        leader.follows(other);
        other.mine(10);
        mine(5);

        awaitWord("forked", "leader");
        assertThat(reference()).isInstanceOf(Reference.Agreement.class);
        assertNothingBefell("a", "b", "c");
    }

    @Test
    void withoutItsLeaderTheFleetAgreesByItself() {
        leader.crash();
        awaitWord("unreachable", "leader");

        mine(3);

        await(
                "the nodes agree on the new head",
                () -> reference() instanceof Reference.Agreement(var head, var _) && head.number() == 103);
        leader.revive();
        awaitWord("ready", "leader");
        await("the leader leads again", () -> reference() instanceof Reference.Leader);
        assertNothingBefell("a", "b", "c");
    }

    @Test
    void allNodesMayDieAndReturn() {
        Stream.of(leader, a, b, c).forEach(FakeNode::crash);
        awaitWord("unreachable", "leader", "a", "b", "c");

        Stream.of(leader, a, b, c).forEach(FakeNode::revive);

        awaitWord("ready", "leader", "a", "b", "c");
    }

    @Test
    void allOwnNodesThatLagAreMeasuredAgainstTheLeader() {
        Stream.of(a, b, c).forEach(node -> node.lagBehind(20));

        awaitWord("lagging", "a", "b", "c");
        assertNothingBefell("leader");
    }

    @Test
    void aNodeThatAnswersErrorsWithStatus200IsUnreachableWithItsWords() {
        a.always(new Behaviour.ErrorReply(-32005, "daily request count exceeded"));

        awaitWord("unreachable", "a");
        assertThat(state("a").verdict().evidence()).contains("daily request count exceeded");
    }

    @Test
    void headsArePushedBetweenProbes() {
        declare(List.of("leader"), Duration.ofHours(1));
        Stream.of(leader, a, b, c).forEach(node -> await("it is subscribed to", () -> node.subscriptions() == 1));
        // What the changed interval set off may still be under way: a probe, and its question about the pending block.
        int setOff = 4;
        long probes = a.count("eth_getBlockByNumber");

        mine(2 * setOff);

        await(
                "the head is everywhere",
                () -> chainState().nodes().stream()
                        .allMatch(node -> node.head() != null
                                && node.head().number() == chain.head().number()));
        assertThat(a.count("eth_getBlockByNumber")).isLessThanOrEqualTo(probes + setOff);
    }

    @Test
    void aDroppedSocketIsOpenedAgain() {
        await("it is subscribed to", () -> a.subscriptions() == 1);

        a.dropSockets();

        await("it is subscribed to again", () -> a.sockets() == 1 && a.subscriptions() == 1);
        assertNothingBefell("leader", "a", "b", "c");
    }

    private void mine(int blocks) {
        for (int i = 0; i < blocks; i++) {
            long height = chain.mine().number();
            await("the head is known", () -> {
                var head = chainState().head();
                return head != null && head.number() >= height;
            });
        }
    }

    private void declare(List<String> leaders, Duration interval) {
        var probing = new Probing(interval, Duration.ofMillis(500), 2, 2, Duration.ofSeconds(1), false);
        var plan = new Chain("test", 1337, leaders, Tolerance.DEFAULT, probing, 0);
        var nodes = Stream.of(Map.entry("leader", leader), Map.entry("a", a), Map.entry("b", b), Map.entry("c", c))
                .map(entry -> node(entry.getKey(), entry.getValue()))
                .toList();
        declared.publish(new Declared(
                declared.now().version() + 1, List.of(new ChainPlan(plan, nodes, List.of(Group.DEFAULT)))));
    }

    private static Node node(String name, FakeNode fake) {
        var endpoint = new Endpoint(fake.httpUrl(), fake.wsUrl(), Map.of(), null, null);
        return Node.of(new NodeId("test", name), endpoint);
    }

    private ChainState chainState() {
        ChainState state = fleet.now().chain("test");
        if (state == null) throw new AssertionError("the chain is not in the Fleet");
        return state;
    }

    private Reference reference() {
        return chainState().reference();
    }

    private Fleet.NodeState state(String name) {
        Fleet.@Nullable NodeState state = fleet.now().node(new NodeId("test", name));
        if (state == null) throw new AssertionError(name + " is not in the Fleet");
        return state;
    }

    private void awaitWord(String word, String... names) {
        for (String name : names) {
            await(name + " is " + word, () -> state(name).verdict().word().equals(word));
        }
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never: " + what + "; " + events.lines + "; " + fleet.now());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void assertNothingBefell(String... names) {
        for (String name : names) {
            assertThat(events.lines).noneMatch(told -> told.startsWith(name + ": ready ->"));
        }
    }
}
