package dev.fairlead.core.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class SupervisorTest {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Supervisor supervisor =
            new Supervisor((part, doing, fault) -> told.add(part.word() + ": " + doing + ": " + fault.getMessage()));

    static List<Throwable> deadly() {
        return List.of(
                new OutOfMemoryError("no memory"),
                new StackOverflowError("too deep"),
                new NoClassDefFoundError("no class"),
                new IllegalStateException("a bug"));
    }

    @ParameterizedTest
    @MethodSource("deadly")
    void aLoopThatDiesIsToldOfAndStartedAnew(Throwable fault) throws InterruptedException {
        var again = new CountDownLatch(2);
        Supervised loop = loop(() -> {
            again.countDown();
            if (again.getCount() > 0) thrown(fault);
            new CountDownLatch(1).await();
        });

        loop.start();
        again.await();
        loop.stop();
        loop.finish();

        assertThat(told).containsExactly("metronome: the loop died and is started anew: " + fault.getMessage());
        assertThat(supervisor.fault()).isEmpty();
    }

    @Test
    void aLoopThatKeepsDyingMakesTheProcessUnfit() {
        Supervised loop = loop(() -> thrown(new StackOverflowError("too deep")));

        loop.start();
        Await.until("it is found out", () -> supervisor.fault().isPresent());

        assertThat(supervisor.fault().orElseThrow())
                .matches("the loop keeps dying \\(\\d+ times\\): StackOverflowError");
        loop.stop();
        loop.finish();
        assertThat(supervisor.fault()).isEmpty();
    }

    @Test
    void aFaultThatCannotEvenBeToldDoesNotEndTheLoop() throws InterruptedException {
        var mute = new Supervisor((_, _, _) -> {
            throw new OutOfMemoryError("no memory to tell it with");
        });
        var again = new CountDownLatch(3);
        Supervised loop = mute.loop(Part.METRONOME, Thread.ofVirtual(), () -> {
            again.countDown();
            thrown(new OutOfMemoryError("no memory"));
        });

        loop.start();
        again.await();

        loop.stop();
        loop.finish();
    }

    @Test
    void aLoopThatIsOverIsNotStartedAgain() {
        var runs = new AtomicInteger();
        Supervised loop = loop(runs::incrementAndGet);

        loop.start();
        loop.finish();

        assertThat(runs).hasValue(1);
        assertThat(told).isEmpty();
    }

    @Test
    void aLoopThatDiesWhileItIsToldToEndGetsOneMoreChanceToFinish() throws InterruptedException {
        var runs = new AtomicInteger();
        var begun = new CountDownLatch(1);
        Supervised loop = loop(() -> {
            begun.countDown();
            if (runs.incrementAndGet() < 3) thrown(new IllegalStateException("a bug"));
        });

        loop.start();
        begun.await();
        loop.finish();

        assertThat(runs.get()).isBetween(2, 3);
    }

    @Test
    void aTimersTaskThatFailsIsToldOfAndEndsWellForItsTimer() {
        Runnable task = supervisor
                .faults()
                .guarded(Part.UPSTREAM, "the clock failed", () -> thrown(new OutOfMemoryError("no")));

        task.run();

        assertThat(told).containsExactly("upstream: the clock failed: no");
    }

    private Supervised loop(Supervised.Body body) {
        return supervisor.loop(Part.METRONOME, Thread.ofVirtual().name("the loop"), body);
    }

    private static void thrown(Throwable fault) {
        if (fault instanceof Error error) throw error;
        if (fault instanceof RuntimeException bug) throw bug;
    }
}
