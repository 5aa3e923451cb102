package dev.fairlead.data.failover;

import static dev.fairlead.data.failover.Fleets.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fleet.Fleet;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.net.Peer;
import dev.fairlead.core.telemetry.Exposition;
import dev.fairlead.core.telemetry.TrafficMetrics;
import dev.fairlead.data.call.Answer;
import dev.fairlead.data.failover.Lab.Asked;
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
        var lab = new Lab(new Fleets().small("a", 1).small("b", 1).ordered()).script("a", Lab.HANGS);

        lab.call(CALL, "[]");
        Asked second = lab.call(CALL, "[]");

        assertThat(second.text()).isEqualTo("\"b\"");
    }

    @Test
    void aCallWaitsForAPlaceAndGetsIt() {
        var lab = new Lab(new Fleets().small("a", 1).ordered()).script("a", Lab.HANGS);
        lab.call(CALL, "[]");
        Asked second = lab.call(CALL, "[]");
        int waiting = lab.queued();

        lab.says("a", "\"a\"");
        lab.pending.getFirst().end(lab.result("1"));
        lab.pass(Duration.ofMillis(5));

        assertThat(waiting).isEqualTo(1);
        assertThat(second.text()).isEqualTo("\"a\"");
        assertThat(lab.queued()).isZero();
        assertThat(lab.traffic.inFlight(Fleets.id("a"))).isZero();
    }

    /// Whatever left and came in between.
    @Test
    void aNodeThatIsRemovedAndAddedAgainHasTheNumbersThatAreTrue() {
        var lab = new Lab(new Fleets().small("a", 1).ordered()).script("a", Lab.HANGS);
        List<Asked> calls = calls(lab, 4);

        lab.board.publish(Fleet.EMPTY);
        lab.publish(new Fleets().small("a", 1).ordered());

        assertThat(gauges(lab)).contains("fairlead_queued_calls{chain=\"main\",node=\"a\"} 3.0");
        calls.get(1).call.abandon();
        calls.get(2).call.abandon();
        assertThat(gauges(lab)).contains("fairlead_queued_calls{chain=\"main\",node=\"a\"} 1.0");
        lab.pass(Duration.ofSeconds(30));
        assertThat(gauges(lab)).contains("fairlead_queued_calls{chain=\"main\",node=\"a\"} 0.0");
        lab.board.publish(Fleet.EMPTY);
        assertThat(gauges(lab)).doesNotContain("node=\"a\"");
    }

    @Test
    void anEjectedNodeIsShownAsSuchUntilItIsRemoved() {
        var lab = new Lab(new Fleets().small("a", 3).ordered()).script("a", Lab.HANGS);
        lab.call(SLOW, "[{}, \"latest\"]");
        lab.script("a", Lab.REFUSES).call(CALL, "[]");
        assertThat(gauges(lab)).contains("fairlead_node_ejected{chain=\"main\",node=\"a\"} 1.0");

        lab.board.publish(Fleet.EMPTY);
        assertThat(gauges(lab)).doesNotContain("node=\"a\"");
        lab.publish(new Fleets().small("a", 3).ordered());

        assertThat(lab.traffic.ejected(Fleets.id("a"))).isEmpty();
        assertThat(gauges(lab)).contains("fairlead_node_ejected{chain=\"main\",node=\"a\"} 0.0");
    }

    private static String gauges(Lab lab) {
        var registry = new PrometheusRegistry();
        registry.register(new TrafficMetrics(
                lab.board,
                lab.traffic::waiting,
                node -> lab.traffic.ejected(node).isPresent()));
        return new Exposition(registry).text();
    }

    @Test
    void aCallThatWaitsTooLongIsShedWithAWordOnWhenToComeAgain() {
        var lab = new Lab(new Fleets().small("a", 1).ordered()).script("a", Lab.HANGS);
        lab.call(CALL, "[]");

        Asked second = lab.call(CALL, "[]");
        lab.pass(Duration.ofMillis(2010));

        assertThat(second.answer()).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.why().name()).isEqualTo("OVERLOADED");
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        });
        assertThat(lab.queued()).isZero();
    }

    @Test
    void theLineIsBounded() {
        var lab = new Lab(new Fleets().small("a", 1).ordered()).script("a", Lab.HANGS);
        lab.config = queueOf(1);
        lab.call(CALL, "[]");
        lab.call(CALL, "[]");

        assertThat(lab.call(CALL, "[]").text()).isEqualTo("OVERLOADED");
    }

    @Test
    void whoeverHasManyCallsInALineThatIsFullMakesRoomForOthers() {
        var lab = new Lab(new Fleets().small("a", 1).ordered()).script("a", Lab.HANGS);
        lab.config = queueOf(4);
        lab.peer = GREEDY;
        List<Asked> greedy = calls(lab, 6);
        assertThat(greedy.getLast().text()).isEqualTo("OVERLOADED");

        lab.peer = new Peer("127.0.0.2", 2);
        Asked other = lab.call(CALL, "[]");
        lab.says("a", "\"a\"");
        lab.pass(Duration.ofMillis(5));
        lab.pending.getFirst().end(lab.result("1"));
        lab.pass(Duration.ofMillis(5));

        assertThat(other.text()).isEqualTo("\"a\"");
        assertThat(greedy.get(4).answer())
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.detail())
                                .contains("you have more than others", "send fewer at once"));
        assertThat(lab.queued()).isZero();
        assertThat(lab.traffic.inFlight(Fleets.id("a"))).isZero();
    }

    @Test
    void noClientWaitsBehindAllThatAnotherOneHasBrought() {
        var lab = new Lab(new Fleets().small("a", 1).ordered()).script("a", Lab.HANGS);
        lab.peer = GREEDY;
        List<Asked> greedy = calls(lab, 100);
        lab.peer = new Peer("127.0.0.1", 2);
        Asked sibling = lab.call(CALL, "[]");
        lab.peer = new Peer("127.0.0.2", 3);
        Asked other = lab.call(CALL, "[]");

        for (int i = 0; i < 4; i++) {
            lab.pending.getFirst().end(lab.result("" + i));
            lab.pass(Duration.ofMillis(5));
        }

        assertThat(sibling.answers).hasSize(1);
        assertThat(other.answers).hasSize(1);
        assertThat(greedy.stream().filter(asked -> !asked.answers.isEmpty())).hasSize(2);
    }

    @Test
    void aCallThatHadToMakeRoomAndWhoseClientIsGoneIsNotAnswered() {
        var lab = new Lab(new Fleets().small("a", 1).ordered()).script("a", Lab.HANGS);
        lab.config = queueOf(2);
        lab.peer = GREEDY;
        List<Asked> greedy = calls(lab, 3);
        lab.peer = new Peer("127.0.0.2", 2);

        lab.call(CALL, "[]");
        greedy.getLast().call.abandon();
        lab.pass(Duration.ofMillis(5));

        assertThat(greedy.getLast().answers).isEmpty();
        assertThat(lab.queued()).isEqualTo(2);
    }

    @Test
    void callsThatMayTakeLongLeaveAQuarterOfThePlacesToQuickOnes() {
        var lab = new Lab(new Fleets().small("a", 8).ordered()).script("a", Lab.HANGS);
        for (int i = 0; i < 20; i++) lab.call(SLOW, "[{},\"latest\"]");

        assertThat(lab.traffic.inFlight(Fleets.id("a"))).isEqualTo(6);
        lab.says("a", "\"a\"");
        for (int i = 0; i < 20; i++) assertThat(lab.call(CALL, "[]").text()).isEqualTo("\"a\"");
    }

    @Test
    void aCallThatMayTakeLongGetsThePlaceOfAnotherOne() {
        var lab = new Lab(new Fleets().small("a", 8).ordered()).script("a", Lab.HANGS);
        List<Asked> slow = new ArrayList<>();
        for (int i = 0; i < 20; i++) slow.add(lab.call(SLOW, "[{},\"latest\"]"));

        for (int i = 0; i < 20; i++) {
            assertThat(lab.traffic.inFlight(Fleets.id("a"))).isLessThanOrEqualTo(6);
            lab.pending.getFirst().end(lab.result("1"));
            lab.pass(Duration.ofMillis(5));
        }

        assertThat(slow).allSatisfy(asked -> assertThat(asked.text()).isEqualTo("1"));
        assertThat(lab.traffic.inFlight(Fleets.id("a"))).isZero();
        assertThat(lab.queued()).isZero();
    }

    @Test
    void quickCallsPushSlowOnesOutOfALineThatTheseFill() {
        var lab = new Lab(new Fleets().small("a", 4).ordered()).script("a", Lab.HANGS);
        lab.config = queueOf(4);
        List<Asked> slow = new ArrayList<>();
        for (int i = 0; i < 7; i++) slow.add(lab.call(SLOW, "[{},\"latest\"]"));
        lab.call(CALL, "[]");

        Asked quick = lab.call(CALL, "[]");
        lab.pass(Duration.ofMillis(5));

        assertThat(quick.answers).isEmpty();
        assertThat(slow.getLast().text()).isEqualTo("OVERLOADED");
    }

    private static List<Asked> calls(Lab lab, int calls) {
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < calls; i++) asked.add(lab.call(CALL, "[]"));
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
                usual.ejectAtMost());
    }

    @Test
    void busyIsNotDeadSoTheLeaderGetsNothing() {
        var lab =
                new Lab(new Fleets().leader("leader", ready(100)).small("a", 1).ordered()).script("a", Lab.HANGS);
        lab.call(CALL, "[]");

        lab.call(CALL, "[]");

        assertThat(lab.asked).containsExactly("a");
    }

    @Test
    void rentedNodesTakeWhatOwnOnesHaveNoPlaceFor() {
        var lab =
                new Lab(new Fleets().small("a", 1).rented("rented", ready(100)).ordered()).script("a", Lab.HANGS);
        lab.call(CALL, "[]");

        assertThat(lab.call(CALL, "[]").text()).isEqualTo("\"rented\"");
    }

    @Test
    void aWaitingCallGoesElsewhereWhenItsNodeDies() {
        var lab = new Lab(new Fleets()
                        .small("a", 1)
                        .node(Fleets.with("b", Node.Role.OWN, 100, 1), ready(100))
                        .ordered())
                .script("a", Lab.HANGS)
                .script("b", Lab.HANGS);
        lab.call(CALL, "[]");
        lab.call(CALL, "[]");
        Asked waiting = lab.call(CALL, "[]");

        lab.pending.get(1).end(lab.result("1"));
        lab.says("b", "\"b\"");
        lab.pending.getFirst().end(new dev.fairlead.core.reply.Outcome.Unanswered("connection reset"));
        lab.pass(Duration.ofMillis(500));

        assertThat(waiting.text()).isEqualTo("\"b\"");
        assertThat(lab.asked.stream().filter("a"::equals)).hasSize(1);
    }

    @Test
    void anAbandonedCallLeavesTheLine() {
        var lab = new Lab(new Fleets().small("a", 1).ordered()).script("a", Lab.HANGS);
        lab.call(CALL, "[]");
        Asked second = lab.call(CALL, "[]");

        second.call.abandon();
        lab.pending.getFirst().end(lab.result("1"));
        lab.pass(Duration.ofMillis(5));

        assertThat(lab.asked).hasSize(1);
        assertThat(lab.queued()).isZero();
        assertThat(lab.traffic.inFlight(Fleets.id("a"))).isZero();
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
