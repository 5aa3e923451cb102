package dev.fairlead.control.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.control.probe.ProbeAnswer;
import dev.fairlead.core.fleet.Declared;
import dev.fairlead.core.fleet.Endpoint;
import dev.fairlead.core.fleet.Fleet.NodeState;
import dev.fairlead.core.fleet.Node;
import dev.fairlead.core.fleet.Node.Mode;
import dev.fairlead.core.fleet.Reference;
import dev.fairlead.core.fleet.Verdict;
import dev.fairlead.core.fleet.Verdict.Unreachable;
import dev.fairlead.core.jsonrpc.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MonitorTest {
    private static final long TOP = MonitorStage.TOP;
    private static final Duration NEVER = Duration.ofHours(1);

    private final MonitorStage stage = new MonitorStage();

    @AfterEach
    void end() {
        stage.close();
    }

    @Test
    void theFirstFleetShowsEveryNodeBeforeAnyAnswer() {
        var hold = new CountDownLatch(1);
        stage.asking((_, _, _) -> {
            hold.await();
            return new ProbeAnswer.Silent("too late");
        });
        stage.declare(stage.node("a"), stage.node("b"));

        stage.start();

        assertThat(stage.chain().nodes())
                .extracting(state -> state.verdict().word())
                .containsExactly("unknown", "unknown");
        assertThat(stage.chain().reference()).isInstanceOf(Reference.None.class);
    }

    @Test
    void afterTheFirstRoundEveryNodeHasItsVerdict() throws InterruptedException {
        stage.script("b").silent("refused");
        stage.declare(List.of("leader"), stage.node("leader"), stage.node("a"), stage.node("b"));
        stage.start();

        assertThat(stage.monitor().firstRound(Duration.ofSeconds(10))).isTrue();

        assertThat(List.of(stage.word("leader"), stage.word("a"), stage.word("b")))
                .containsExactly("ready", "ready", "unreachable");
    }

    @Test
    void aNodeThatIsAsItWasBeforeTheStartShowsSinceWhen() throws InterruptedException {
        Instant longAgo = stage.now.minus(Duration.ofDays(3));
        stage.remembering("leader", "ready", longAgo);
        stage.remembering("a", "unreachable", longAgo).remembering("b", "lagging", longAgo);
        stage.script("a").silent("refused");
        stage.script("b").at(TOP - 50);
        stage.declare(List.of("leader"), stage.node("leader"), stage.node("a"), stage.node("b"));

        stage.start().monitor().firstRound(Duration.ofSeconds(10));
        stage.awaitWord("lagging", "b");

        assertThat(List.of(stage.state("leader"), stage.state("a"), stage.state("b")))
                .extracting(NodeState::since)
                .containsOnly(longAgo);
        assertThat(stage.state("a").verdict()).isEqualTo(new Verdict.Unreachable("refused", longAgo));
    }

    @Test
    void aNodeThatIsNotAsItWasBeforeTheStartShowsTheStart() throws InterruptedException {
        stage.remembering("a", "unreachable", stage.now.minus(Duration.ofDays(3)));
        stage.declare(List.of("leader"), stage.node("leader"), stage.node("a"));
        Instant start = stage.now;

        stage.start().monitor().firstRound(Duration.ofSeconds(10));
        Instant ready = stage.state("a").since();
        stage.now = stage.now.plus(Duration.ofSeconds(30));
        stage.script("a").silent("refused");
        stage.awaitWord("unreachable", "a");

        assertThat(ready).isEqualTo(start);
        assertThat(stage.state("a").since()).isEqualTo(stage.now);
    }

    @Test
    void aNodeWhoseProbeMeetsAnErrorIsSeenAsUnreachableAndWatchedOn() {
        var ill = new AtomicBoolean(true);
        stage.asking((node, request, _) -> {
            if (ill.get() && node.id().name().equals("b")) throw new StackOverflowError("too deep");
            return stage.script(node.id().name()).answer(request);
        });
        stage.declare(stage.node("a"), stage.node("b"));

        stage.start();
        stage.awaitWord("unreachable", "b");
        ill.set(false);

        stage.awaitWord("ready", "a", "b");
        assertThat(stage.events.faults).contains("node-watch: java.lang.StackOverflowError: too deep");
    }

    @Test
    void aBugThatANodesAnswerBringsToLightIsToldAndCostsThatNodeOnly() {
        stage.asking((node, request, _) -> {
            if (node.id().name().equals("b")) throw new IllegalStateException("a bug");
            return stage.script(node.id().name()).answer(request);
        });
        stage.declare(stage.node("a"), stage.node("b"));

        stage.start();

        stage.awaitWord("unreachable", "b");
        stage.awaitWord("ready", "a");
        assertThat(stage.events.faults).contains("node-watch: java.lang.IllegalStateException: a bug");
        assertThat(stage.supervisor.fault()).isEmpty();
    }

    @Test
    void aFeedThatABugKeepsFromOpeningIsToldAndTriedAgainWhileTheNodeServes() {
        stage.unopened = new IllegalStateException("a bug");
        stage.declare(stage.pushing("a"), stage.node("b"));

        stage.start();
        stage.awaitWord("ready", "a", "b");
        stage.await(
                "it is told", () -> stage.events.faults.contains("node-watch: java.lang.IllegalStateException: a bug"));
        stage.unopened = null;

        assertThat(stage.feed("a").closed).isFalse();
        assertThat(stage.word("a")).isEqualTo("ready");
    }

    @Test
    void aChainIsWatchedOnAfterAReaderOfItsFleetMetAnError() {
        var ill = new AtomicBoolean();
        stage.fleet.onPublish(_ -> {
            if (ill.compareAndSet(true, false)) throw new NoClassDefFoundError("Missing");
        });
        stage.declare(stage.node("a"), stage.node("b"));
        stage.start();
        stage.awaitWord("ready", "a", "b");

        ill.set(true);
        stage.script("a").silent("refused");
        stage.awaitWord("unreachable", "a");
        stage.script("b").silent("refused");

        stage.awaitWord("unreachable", "b");
        assertThat(stage.events.faults).contains("chain-watch: java.lang.NoClassDefFoundError: Missing");
    }

    @Test
    void theFirstRoundIsNotWaitedForBeyondItsBound() throws InterruptedException {
        var hold = new CountDownLatch(1);
        stage.asking((node, request, _) -> {
            if (node.id().name().equals("b")) hold.await();
            return stage.script(node.id().name()).answer(request);
        });
        stage.declare(stage.node("a"), stage.node("b"));
        stage.start();

        assertThat(stage.monitor().firstRound(Duration.ofMillis(50))).isFalse();
    }

    @Test
    void withNothingDeclaredTheFirstRoundIsOver() throws InterruptedException {
        stage.start();

        assertThat(stage.monitor().firstRound(Duration.ofMillis(1))).isTrue();
        assertThat(stage.fleet.now().version()).isPositive();
    }

    @Test
    void allNodesAreAskedAtTheSameTime() {
        var together = new CyclicBarrier(3);
        stage.asking((node, request, _) -> {
            try {
                together.await(10, TimeUnit.SECONDS);
            } catch (BrokenBarrierException | TimeoutException alone) {
                return new ProbeAnswer.Silent("asked alone");
            }
            return stage.script(node.id().name()).answer(request);
        });
        stage.every(NEVER).declare(stage.node("a"), stage.node("b"), stage.node("c"));

        stage.start();

        stage.awaitWord("ready", "a", "b", "c");
    }

    @Test
    void aNodeIsNeverAskedTwiceAtTheSameTime() {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        stage.asking((node, request, _) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            stage.monitor().suspect(node.id(), "a call failed");
            ProbeAnswer answer = stage.script("a").answer(request);
            LockSupport.parkNanos(500_000);
            now.decrementAndGet();
            return answer;
        });
        stage.every(Duration.ofMillis(2)).declare(stage.node("a"));

        stage.start();
        stage.awaitProbes("a", 20);

        assertThat(most).hasValue(1);
    }

    @Test
    void aVerdictIsInTheFleetWithin100MillisecondsOfItsSample() {
        var answered = new AtomicLong();
        var shown = new ConcurrentLinkedQueue<Long>();
        stage.declare(List.of("leader"), stage.node("leader"), stage.node("a"));
        stage.start();
        stage.awaitWord("ready", "leader", "a");
        stage.fleet.onPublish(_ -> {
            if (stage.word("a").equals("lagging")) shown.add(System.nanoTime());
        });
        stage.asking((node, request, _) -> {
            ProbeAnswer answer = stage.script(node.id().name()).answer(request);
            // the second bad sample is the one that counts
            if (node.id().name().equals("a") && shown.isEmpty()) answered.set(System.nanoTime());
            return answer;
        });

        stage.now = stage.now.plus(MonitorStage.MAIN.blockTime().multipliedBy(11));
        stage.script("leader").at(TOP + 11);
        stage.awaitWord("lagging", "a");
        stage.await("the moment is known", () -> !shown.isEmpty());

        assertThat(shown.element() - answered.get())
                .isLessThan(Duration.ofMillis(100).toNanos());
    }

    @Test
    void aChangedDeclarationIsInTheFleetWithoutAProbe() {
        stage.every(NEVER).declare(stage.node("a"), stage.node("b"));
        stage.start();
        stage.awaitWord("ready", "a", "b");
        stage.await("a has told of itself", () -> stage.script("a").asked("net_version") > 0);
        stage.script("a").forget();

        stage.declare(stage.node("a").in(Mode.CORDONED), stage.node("b"));

        stage.await("the order is in the Fleet", () -> !stage.state("a").serves());
        assertThat(stage.state("a").verdict().ready()).isTrue();
        assertThat(stage.state("b").serves()).isTrue();
        assertThat(stage.script("a").asked()).isEmpty();
    }

    @Test
    void aNewNodeIsProbedAtOnceAndTheOthersKeepTheirHistory() {
        stage.every(NEVER).declare(stage.node("a"));
        stage.start();
        stage.awaitWord("ready", "a");
        stage.script("a").forget();

        stage.declare(stage.node("a"), stage.node("b"));

        stage.await("b is watched", () -> !stage.word("b").equals("absent"));
        assertThat(stage.word("a")).isEqualTo("ready");
        stage.awaitWord("ready", "b");
        assertThat(stage.script("a").asked("eth_chainId")).isZero();
    }

    @Test
    void aRemovedNodeIsGoneAtOnceAndAskedNoMore() {
        stage.declare(stage.node("a"), stage.node("b"));
        stage.start();
        stage.awaitWord("ready", "a", "b");

        stage.declare(stage.node("b"));
        stage.awaitWord("absent", "a");
        stage.awaitProbes("b", 2);
        stage.script("a").forget();
        stage.awaitProbes("b", 5);

        assertThat(stage.script("a").asked()).isEmpty();
    }

    @Test
    void aChainThatIsNoLongerDeclaredIsGone() {
        stage.declare(stage.node("a"));
        stage.start();
        stage.awaitWord("ready", "a");

        stage.declared.publish(new Declared(99, List.of()));

        stage.await("the chain is gone", () -> stage.fleet.now().chains().isEmpty());
    }

    @Test
    void aNodeThatMovedToAnotherAddressIsJudgedAnew() {
        stage.every(NEVER).declare(stage.node("a"));
        stage.start();
        stage.awaitWord("ready", "a");
        stage.script("a").silent("refused").forget();

        Node moved = Node.of(MonitorStage.id("a"), Endpoint.of("http://elsewhere.invalid:8545"));
        stage.declare(moved);

        stage.awaitWord("unreachable", "a");
        assertThat(stage.state("a").head()).isNull();
        stage.script("a").speaks();
        stage.monitor().suspect(MonitorStage.id("a"), "look again");
        stage.await("it is asked who it is", () -> stage.script("a").asked("eth_chainId") > 0);
    }

    @Test
    void aSuspectedNodeThatIsDeadLeavesInWellUnderASecond() {
        stage.every(Duration.ofSeconds(30)).declare(stage.node("a"), stage.node("b"));
        stage.start();
        stage.awaitWord("ready", "a", "b");
        stage.script("a").silent("refused");

        long began = System.nanoTime();
        stage.monitor().suspect(MonitorStage.id("a"), "a call was refused");
        stage.awaitWord("unreachable", "a");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(900));
        assertThat(stage.word("b")).isEqualTo("ready");
    }

    @Test
    void howeverManySuspectANodeItIsNotProbedMoreThanTenTimesASecond() {
        stage.every(NEVER).declare(stage.node("a"), stage.node("b"));
        stage.start();
        stage.awaitWord("ready", "a", "b");
        stage.script("a").forget();

        long began = System.nanoTime();
        while (System.nanoTime() - began < Duration.ofMillis(450).toNanos()) {
            stage.monitor().suspect(MonitorStage.id("a"), "a call failed");
            LockSupport.parkNanos(1_000_000);
        }

        assertThat(stage.script("a").asked("eth_getBlockByNumber")).isBetween(3L, 6L);
    }

    @Test
    void whoeverSuspectsAnUnknownNodeIsIgnored() {
        stage.start();

        stage.monitor().suspect(MonitorStage.id("nobody"), "a call failed");

        assertThat(stage.fleet.now().chains()).isEmpty();
    }

    @Test
    void aProbeThatBreaksIsSilenceAndTheNextOneIsMade() {
        stage.script("a").breaks(new IllegalStateException("broken"));
        stage.declare(stage.node("a"), stage.node("b"));
        stage.start();

        stage.awaitWord("unreachable", "a");
        assertThat(((Unreachable) stage.state("a").verdict()).cause()).contains("broken");
        stage.script("a").speaks();
        stage.awaitWord("ready", "a");
    }

    @Test
    void aDeadLeaderIsTold() {
        stage.declare(List.of("leader"), stage.node("leader"), stage.node("a"));
        stage.start();
        stage.awaitWord("ready", "leader", "a");

        stage.script("leader").silent("refused");
        stage.awaitWord("unreachable", "leader");
        stage.await("the nodes agree", () -> stage.chain().reference() instanceof Reference.Agreement);
        stage.script("leader").speaks();
        stage.awaitWord("ready", "leader");

        stage.await("all is told", () -> stage.events.lines.contains("leader: unreachable -> ready"));
        assertThat(stage.events.lines)
                .contains("leader: ready -> unreachable", "leader leader -> agreement", "agreement -> leader leader")
                .doesNotContain("a: ready -> unreachable");
    }

    @Test
    void aStandstillIsToldAndSoIsItsEnd() {
        stage.declare(List.of("leader"), stage.node("leader"), stage.node("a"));
        stage.start();
        stage.awaitWord("ready", "leader", "a");

        stage.now = stage.now.plus(Duration.ofMinutes(10));
        stage.await("the standstill is told", () -> stage.events.lines.contains("stalled"));
        assertThat(List.of(stage.word("leader"), stage.word("a"))).containsOnly("ready");
        stage.allAt(TOP + 1);

        stage.await("the end is told", () -> stage.events.lines.contains("moves"));
        assertThat(stage.chain().stalled()).isNull();
    }

    @Test
    void aPushedHeadIsInTheFleetWithoutAProbe() {
        stage.every(NEVER).declare(stage.pushing("a"));
        stage.start();
        stage.awaitWord("ready", "a");
        MonitorStage.OpenFeed feed = stage.feed("a");
        stage.await(
                "the first probe has asked all",
                () -> stage.script("a")
                        .asked()
                        .containsAll(List.of("eth_syncing", "net_peerCount", "web3_clientVersion", "net_version")));
        stage.script("a").forget();

        feed.push(TOP + 1);

        stage.await("the head is shown", () -> head("a") == TOP + 1);
        assertThat(stage.chain().reference().head()).isEqualTo(stage.state("a").head());
        assertThat(stage.script("a").asked()).isEmpty();
    }

    @Test
    void aPushedHeadThatDoesNotFollowIsNotBelievedButLookedAt() {
        stage.every(NEVER).declare(stage.pushing("a"));
        stage.start();
        stage.awaitWord("ready", "a");
        stage.script("a").at(TOP + 3);

        stage.feed("a").push(TOP + 500);

        stage.await("the node itself was asked", () -> head("a") == TOP + 3);
    }

    @Test
    void whatIsNoHeaderIsIgnored() {
        stage.every(NEVER).declare(stage.pushing("a"));
        stage.start();
        stage.awaitWord("ready", "a");

        stage.feed("a").listener.head(Slice.of("\"nonsense\""));
        stage.feed("a").push(TOP + 1);

        stage.await("the next one counts", () -> head("a") == TOP + 1);
    }

    @Test
    void aLostFeedHasTheNodeLookedAt() {
        stage.every(NEVER).declare(stage.pushing("a"));
        stage.start();
        stage.awaitWord("ready", "a");
        stage.script("a").silent("refused");

        stage.feed("a").listener.lost("connection reset");

        stage.awaitWord("unreachable", "a");
    }

    @Test
    void aFeedThatStaysSilentWhileProbesSeeBlocksIsClosed() {
        stage.declare(stage.pushing("a"));
        stage.start();
        stage.awaitWord("ready", "a");
        MonitorStage.OpenFeed feed = stage.feed("a");

        for (int i = 1; i <= 4; i++) {
            long height = TOP + i;
            stage.script("a").at(height);
            stage.await("the probes see it", () -> head("a") == height);
        }

        stage.await("the feed is closed", () -> feed.closed);
        assertThat(stage.word("a")).isEqualTo("ready");
    }

    @Test
    void aFleetInWhichNothingChangedIsNotPublishedAgainAndAgain() {
        stage.every(Duration.ofMillis(5)).declare(stage.node("a"), stage.node("b"));
        stage.start();
        stage.awaitWord("ready", "a", "b");
        stage.awaitProbes("a", 5);
        stage.published.clear();

        stage.awaitProbes("a", 60);

        assertThat(stage.published).hasSizeLessThan(5);
    }

    @Test
    void versionsOnlyGrow() {
        stage.declare(stage.node("a"), stage.node("b"));
        stage.start();
        for (int i = 1; i <= 20; i++) {
            stage.allAt(TOP + i);
            stage.declare(stage.node("a").in(i % 2 == 0 ? Mode.SERVING : Mode.CORDONED), stage.node("b"));
            stage.awaitProbes("b", 1);
        }

        assertThat(stage.published.stream().map(fleet -> fleet.version()).toList())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void closingInterruptsWhatIsUnderWay() throws InterruptedException {
        var asked = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        stage.asking((_, _, _) -> {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException closed) {
                interrupted.countDown();
                throw closed;
            }
            return new ProbeAnswer.Silent("never");
        });
        stage.declare(stage.node("a"));
        stage.start();
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        stage.close();

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        long version = stage.fleet.now().version();
        stage.declare(stage.node("b"));
        assertThat(stage.fleet.now().version()).isEqualTo(version);
    }

    private long head(String name) {
        var head = stage.state(name).head();
        return head == null ? -1 : head.number();
    }
}
