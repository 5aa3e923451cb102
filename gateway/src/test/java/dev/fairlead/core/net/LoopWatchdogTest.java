package dev.fairlead.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.fault.Faults;
import dev.fairlead.core.fault.Supervisor;
import dev.fairlead.support.Await;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopWatchdogTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private volatile boolean fatal;
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, mortal());
    private final List<String> told = new ArrayList<>();
    private final AtomicInteger dead = new AtomicInteger();
    private final LoopWatchdog watch = new LoopWatchdog(
            loops,
            (fault, detail) -> told.add(fault == null ? "well" : fault + detail),
            dead::incrementAndGet,
            new Supervisor(Faults.TO_LOG));

    @AfterEach
    void end() {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void aLoopThatEndsByAnErrorIsFoundDead() {
        loops.next().submit(() -> {}).syncUninterruptibly();
        fatal = true;
        wake();
        Await.until("a loop has ended", () -> {
            for (var loop : loops) if (loop.isShuttingDown()) return true;
            return false;
        });

        assertThat(watch.goesOn(SECOND)).isFalse();

        assertThat(dead).hasValue(1);
        assertThat(told).singleElement().asString().contains("of 2 event loops have ended");
    }

    private void wake() {
        for (var loop : loops) {
            try {
                loop.execute(() -> {});
            } catch (RejectedExecutionException _) {
                // it has ended already, by itself
            }
        }
    }

    @Test
    void aStuckLoopIsToldOnceWithWhatItDoesAndToldWellAgain() throws Exception {
        var free = new CountDownLatch(1);
        var stuck = loops.next();
        stuck.execute(() -> {
            try {
                free.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });

        for (int second = 0; second < 40; second++) {
            watch.goesOn(SECOND);
            settle(stuck);
        }

        assertThat(told).singleElement().asString().contains("1 of 2 event loops", "20 s", "CountDownLatch.await");
        free.countDown();
        stuck.submit(() -> {}).sync();
        assertThat(watch.goesOn(SECOND)).isTrue();
        assertThat(told).hasSize(2).last().isEqualTo("well");
        assertThat(dead).hasValue(0);
    }

    @Test
    void aProcessThatWasStoppedForAnHourHasNoStuckLoop() throws Exception {
        var free = new CountDownLatch(1);
        loops.next().execute(() -> {
            try {
                free.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        watch.goesOn(SECOND);

        watch.goesOn(3_600 * SECOND);

        assertThat(told).isEmpty();
        free.countDown();
    }

    /// Waits for the loops that can answer, so that one look is one life sign.
    private void settle(Object except) throws InterruptedException {
        for (var loop : loops) if (!loop.equals(except)) loop.submit(() -> {}).sync();
    }

    private IoHandlerFactory mortal() {
        IoHandlerFactory living = NioIoHandler.newFactory();
        return executor -> new Mortal(living.newHandler(executor));
    }

    /// Fails as the kernel's interface does when there is no memory for what it reads.
    private final class Mortal implements IoHandler {
        private final IoHandler living;

        Mortal(IoHandler living) {
            this.living = living;
        }

        @Override
        public int run(IoHandlerContext context) {
            if (fatal) throw new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffer memory");
            return living.run(context);
        }

        @Override
        public void prepareToDestroy() {
            living.prepareToDestroy();
        }

        @Override
        public void destroy() {
            living.destroy();
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return living.register(handle);
        }

        @Override
        public void wakeup() {
            living.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> type) {
            return living.isCompatible(type);
        }
    }
}
