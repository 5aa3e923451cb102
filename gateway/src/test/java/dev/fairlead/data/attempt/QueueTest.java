package dev.fairlead.data.attempt;

import static dev.fairlead.data.failover.Fleets.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.telemetry.Exposition;
import dev.fairlead.core.telemetry.TrafficMetrics;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.failover.Fleets;
import dev.fairlead.data.failover.ScriptedNodes;
import dev.fairlead.data.failover.ScriptedNodes.ClientCall;
import dev.fairlead.data.load.DispatchConfig;
import dev.fairlead.data.load.NodeQueue;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class QueueTest {
    private static final String CALL = "eth_gasPrice";
    private static final String SLOW = "eth_call";
    private static final Peer GREEDY = new Peer("127.0.0.1", 1);

    @Test
    void aFullNodeIsPassedOver() {
        var nodes =
                new ScriptedNodes(new Fleets().small("a", 1).small("b", 1).ordered()).script("a", ScriptedNodes.HANGS);

        nodes.call(CALL, "[]");
        ClientCall second = nodes.call(CALL, "[]");

        assertThat(second.text()).isEqualTo("\"b\"");
    }

    @Test
    void aCallWaitsForAPlaceAndGetsIt() {
        var nodes = new ScriptedNodes(new Fleets().small("a", 1).ordered()).script("a", ScriptedNodes.HANGS);
        nodes.call(CALL, "[]");
        ClientCall second = nodes.call(CALL, "[]");
        int waiting = nodes.queued();

        nodes.says("a", "\"a\"");
        nodes.pending.getFirst().end(nodes.result("1"));
        nodes.pass(Duration.ofMillis(5));

        assertThat(waiting).isEqualTo(1);
        assertThat(second.text()).isEqualTo("\"a\"");
        assertThat(nodes.queued()).isZero();
        assertThat(nodes.traffic.inFlight(Fleets.id("a"))).isZero();
    }

    /// Whatever left and came in between.
    @Test
    void aNodeThatIsRemovedAndAddedAgainHasTheNumbersThatAreTrue() {
        var nodes = new ScriptedNodes(new Fleets().small("a", 1).ordered()).script("a", ScriptedNodes.HANGS);
        List<ClientCall> calls = calls(nodes, 4);

        nodes.board.publish(Fleet.EMPTY);
        nodes.publish(new Fleets().small("a", 1).ordered());

        assertThat(gauges(nodes)).contains("fairlead_queued_calls{chain=\"main\",node=\"a\"} 3.0");
        calls.get(1).call.abandon();
        calls.get(2).call.abandon();
        assertThat(gauges(nodes)).contains("fairlead_queued_calls{chain=\"main\",node=\"a\"} 1.0");
        nodes.pass(Duration.ofSeconds(30));
        assertThat(gauges(nodes)).contains("fairlead_queued_calls{chain=\"main\",node=\"a\"} 0.0");
        nodes.board.publish(Fleet.EMPTY);
        assertThat(gauges(nodes)).doesNotContain("node=\"a\"");
    }

    @Test
    void anEjectedNodeIsShownAsSuchUntilItIsRemoved() {
        var nodes = new ScriptedNodes(new Fleets().small("a", 3).ordered()).script("a", ScriptedNodes.HANGS);
        nodes.call(SLOW, "[{}, \"latest\"]");
        nodes.script("a", ScriptedNodes.REFUSES).call(CALL, "[]");
        assertThat(gauges(nodes)).contains("fairlead_node_ejected{chain=\"main\",node=\"a\"} 1.0");

        nodes.board.publish(Fleet.EMPTY);
        assertThat(gauges(nodes)).doesNotContain("node=\"a\"");
        nodes.publish(new Fleets().small("a", 3).ordered());

        assertThat(nodes.traffic.ejected(Fleets.id("a"))).isEmpty();
        assertThat(gauges(nodes)).contains("fairlead_node_ejected{chain=\"main\",node=\"a\"} 0.0");
    }

    private static String gauges(ScriptedNodes nodes) {
        var registry = new PrometheusRegistry();
        registry.register(new TrafficMetrics(
                nodes.board,
                nodes.traffic::waiting,
                node -> nodes.traffic.ejected(node).isPresent()));
        return new Exposition(registry).text();
    }

    @Test
    void aCallThatWaitsTooLongIsShedWithAWordOnWhenToComeAgain() {
        var nodes = new ScriptedNodes(new Fleets().small("a", 1).ordered()).script("a", ScriptedNodes.HANGS);
        nodes.call(CALL, "[]");

        ClientCall second = nodes.call(CALL, "[]");
        nodes.pass(Duration.ofMillis(2010));

        assertThat(second.answer()).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.why().name()).isEqualTo("OVERLOADED");
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        });
        assertThat(nodes.queued()).isZero();
    }

    @Test
    void theLineIsBounded() {
        var nodes = new ScriptedNodes(new Fleets().small("a", 1).ordered()).script("a", ScriptedNodes.HANGS);
        nodes.config = queueOf(1);
        nodes.call(CALL, "[]");
        nodes.call(CALL, "[]");

        assertThat(nodes.call(CALL, "[]").text()).isEqualTo("OVERLOADED");
    }

    @Test
    void whoeverHasManyCallsInALineThatIsFullMakesRoomForOthers() {
        var nodes = new ScriptedNodes(new Fleets().small("a", 1).ordered()).script("a", ScriptedNodes.HANGS);
        nodes.config = queueOf(4);
        nodes.peer = GREEDY;
        List<ClientCall> greedy = calls(nodes, 6);
        assertThat(greedy.getLast().text()).isEqualTo("OVERLOADED");

        nodes.peer = new Peer("127.0.0.2", 2);
        ClientCall other = nodes.call(CALL, "[]");
        nodes.says("a", "\"a\"");
        nodes.pass(Duration.ofMillis(5));
        nodes.pending.getFirst().end(nodes.result("1"));
        nodes.pass(Duration.ofMillis(5));

        assertThat(other.text()).isEqualTo("\"a\"");
        assertThat(greedy.get(4).answer())
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.detail())
                                .contains("you have more than others", "send fewer at once"));
        assertThat(nodes.queued()).isZero();
        assertThat(nodes.traffic.inFlight(Fleets.id("a"))).isZero();
    }

    @Test
    void noClientWaitsBehindAllThatAnotherOneHasBrought() {
        var nodes = new ScriptedNodes(new Fleets().small("a", 1).ordered()).script("a", ScriptedNodes.HANGS);
        nodes.peer = GREEDY;
        List<ClientCall> greedy = calls(nodes, 100);
        nodes.peer = new Peer("127.0.0.1", 2);
        ClientCall sibling = nodes.call(CALL, "[]");
        nodes.peer = new Peer("127.0.0.2", 3);
        ClientCall other = nodes.call(CALL, "[]");

        for (int i = 0; i < 4; i++) {
            nodes.pending.getFirst().end(nodes.result("" + i));
            nodes.pass(Duration.ofMillis(5));
        }

        assertThat(sibling.answers).hasSize(1);
        assertThat(other.answers).hasSize(1);
        assertThat(greedy.stream().filter(asked -> !asked.answers.isEmpty())).hasSize(2);
    }

    @Test
    void aCallThatHadToMakeRoomAndWhoseClientIsGoneIsNotAnswered() {
        var nodes = new ScriptedNodes(new Fleets().small("a", 1).ordered()).script("a", ScriptedNodes.HANGS);
        nodes.config = queueOf(2);
        nodes.peer = GREEDY;
        List<ClientCall> greedy = calls(nodes, 3);
        nodes.peer = new Peer("127.0.0.2", 2);

        nodes.call(CALL, "[]");
        greedy.getLast().call.abandon();
        nodes.pass(Duration.ofMillis(5));

        assertThat(greedy.getLast().answers).isEmpty();
        assertThat(nodes.queued()).isEqualTo(2);
    }

    @Test
    void callsThatMayTakeLongLeaveAQuarterOfThePlacesToQuickOnes() {
        var nodes = new ScriptedNodes(new Fleets().small("a", 8).ordered()).script("a", ScriptedNodes.HANGS);
        for (int i = 0; i < 20; i++) nodes.call(SLOW, "[{},\"latest\"]");

        assertThat(nodes.traffic.inFlight(Fleets.id("a"))).isEqualTo(6);
        nodes.says("a", "\"a\"");
        for (int i = 0; i < 20; i++) assertThat(nodes.call(CALL, "[]").text()).isEqualTo("\"a\"");
    }

    @Test
    void aCallThatMayTakeLongGetsThePlaceOfAnotherOne() {
        var nodes = new ScriptedNodes(new Fleets().small("a", 8).ordered()).script("a", ScriptedNodes.HANGS);
        List<ClientCall> slow = new ArrayList<>();
        for (int i = 0; i < 20; i++) slow.add(nodes.call(SLOW, "[{},\"latest\"]"));

        for (int i = 0; i < 20; i++) {
            assertThat(nodes.traffic.inFlight(Fleets.id("a"))).isLessThanOrEqualTo(6);
            nodes.pending.getFirst().end(nodes.result("1"));
            nodes.pass(Duration.ofMillis(5));
        }

        assertThat(slow).allSatisfy(asked -> assertThat(asked.text()).isEqualTo("1"));
        assertThat(nodes.traffic.inFlight(Fleets.id("a"))).isZero();
        assertThat(nodes.queued()).isZero();
    }

    @Test
    void quickCallsPushSlowOnesOutOfALineThatTheseFill() {
        var nodes = new ScriptedNodes(new Fleets().small("a", 4).ordered()).script("a", ScriptedNodes.HANGS);
        nodes.config = queueOf(4);
        List<ClientCall> slow = new ArrayList<>();
        for (int i = 0; i < 7; i++) slow.add(nodes.call(SLOW, "[{},\"latest\"]"));
        nodes.call(CALL, "[]");

        ClientCall quick = nodes.call(CALL, "[]");
        nodes.pass(Duration.ofMillis(5));

        assertThat(quick.answers).isEmpty();
        assertThat(slow.getLast().text()).isEqualTo("OVERLOADED");
    }

    private static List<ClientCall> calls(ScriptedNodes nodes, int calls) {
        List<ClientCall> asked = new ArrayList<>();
        for (int i = 0; i < calls; i++) asked.add(nodes.call(CALL, "[]"));
        return asked;
    }

    private static DispatchConfig queueOf(int calls) {
        DispatchConfig usual = DispatchConfig.DEFAULT;
        return new DispatchConfig(
                usual.attempt(),
                usual.slowAttempt(),
                usual.attempts(),
                usual.broadcast(),
                usual.retryBudget(),
                calls,
                usual.queueTime(),
                usual.eject(),
                usual.ejectAtMost(),
                usual.outOfService());
    }

    @Test
    void busyIsNotDeadSoTheLeaderGetsNothing() {
        var nodes = new ScriptedNodes(
                        new Fleets().leader("leader", ready(100)).small("a", 1).ordered())
                .script("a", ScriptedNodes.HANGS);
        nodes.call(CALL, "[]");

        nodes.call(CALL, "[]");

        assertThat(nodes.asked).containsExactly("a");
    }

    @Test
    void rentedNodesTakeWhatOwnOnesHaveNoPlaceFor() {
        var nodes = new ScriptedNodes(
                        new Fleets().small("a", 1).rented("rented", ready(100)).ordered())
                .script("a", ScriptedNodes.HANGS);
        nodes.call(CALL, "[]");

        assertThat(nodes.call(CALL, "[]").text()).isEqualTo("\"rented\"");
    }

    @Test
    void aWaitingCallGoesElsewhereWhenItsNodeDies() {
        var nodes = new ScriptedNodes(new Fleets()
                        .small("a", 1)
                        .node(Fleets.with("b", Node.Role.OWN, 100, 1), ready(100))
                        .ordered())
                .script("a", ScriptedNodes.HANGS)
                .script("b", ScriptedNodes.HANGS);
        nodes.call(CALL, "[]");
        nodes.call(CALL, "[]");
        ClientCall waiting = nodes.call(CALL, "[]");

        nodes.pending.get(1).end(nodes.result("1"));
        nodes.says("b", "\"b\"");
        nodes.pending.getFirst().end(new dev.fairlead.core.reply.Outcome.Unanswered("connection reset"));
        nodes.pass(Duration.ofMillis(500));

        assertThat(waiting.text()).isEqualTo("\"b\"");
        assertThat(nodes.asked.stream().filter("a"::equals)).hasSize(1);
    }

    @Test
    void anAbandonedCallLeavesTheLine() {
        var nodes = new ScriptedNodes(new Fleets().small("a", 1).ordered()).script("a", ScriptedNodes.HANGS);
        nodes.call(CALL, "[]");
        ClientCall second = nodes.call(CALL, "[]");

        second.call.abandon();
        nodes.pending.getFirst().end(nodes.result("1"));
        nodes.pass(Duration.ofMillis(5));

        assertThat(nodes.asked).hasSize(1);
        assertThat(nodes.queued()).isZero();
        assertThat(nodes.traffic.inFlight(Fleets.id("a"))).isZero();
    }

    @Test
    void manyThreadsNeverLoseAPlaceNorAWaiter() throws Exception {
        int calls = 4000;
        int capacity = 8;
        var queue = new NodeQueue();
        var most = new AtomicInteger();
        var inside = new AtomicInteger();
        var done = new CountDownLatch(calls);
        EventLoop[] loops = {new DefaultEventLoop(), new DefaultEventLoop(), new DefaultEventLoop()};

        for (int i = 0; i < calls; i++) {
            int call = i;
            EventLoop loop = loops[i % loops.length];
            Runnable work = () -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                loop.execute(() -> {
                    inside.decrementAndGet();
                    queue.leave(capacity);
                    done.countDown();
                });
            };
            loop.execute(() -> {
                if (queue.enter(capacity, false)) work.run();
                else queue.join(loop, new Peer("127.0.0.1", call % 7), call % 3 == 0, calls, capacity, work, work);
            });
        }

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isBetween(1, capacity);
        assertThat(queue.taken()).isZero();
        assertThat(queue.length()).isZero();
        for (EventLoop loop : loops) loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }
}
