package dev.fairlead.control.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Supervisor;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WakeUpTest {
    private static final Duration NEVER = Duration.ofHours(1);

    private final Metronome metronome = new Metronome(new Supervisor(Faults.TO_LOG));
    private final WakeUp wakeUp = new WakeUp(metronome);

    @BeforeEach
    void start() {
        metronome.start();
    }

    @AfterEach
    void end() {
        metronome.close();
    }

    @Test
    void aRingWakesWhoeverSleepsLong() throws Exception {
        var sleep = sleep(NEVER);

        wakeUp.ring();

        assertThat(sleep.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRingWhileAwakeIsKeptOnce() throws InterruptedException {
        wakeUp.ring();
        wakeUp.ring();

        assertThat(wakeUp.await(NEVER)).isTrue();
        assertThat(wakeUp.await(Duration.ofMillis(1))).isFalse();
    }

    @Test
    void aShortSleepIsNotCutShort() throws InterruptedException {
        long began = System.nanoTime();

        boolean rung = wakeUp.await(Duration.ofMillis(30));

        assertThat(rung).isFalse();
        assertThat(since(began)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    }

    @Test
    void aLongSleepEndsWithTheBeatNearestToItsEnd() throws InterruptedException {
        long began = System.nanoTime();

        boolean rung = wakeUp.await(Duration.ofMillis(500));

        assertThat(rung).isFalse();
        assertThat(since(began)).isBetween(Duration.ofMillis(450), Duration.ofSeconds(5));
    }

    @Test
    void anInterruptedSleeperIsTold() {
        var sleep = new FutureTask<>(() -> wakeUp.await(NEVER));
        Thread sleeper = Thread.ofVirtual().start(sleep);

        sleeper.interrupt();

        assertThatThrownBy(() -> sleep.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }

    private FutureTask<Boolean> sleep(Duration longest) {
        var sleep = new FutureTask<>(() -> wakeUp.await(longest));
        Thread.ofVirtual().start(sleep);
        return sleep;
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
