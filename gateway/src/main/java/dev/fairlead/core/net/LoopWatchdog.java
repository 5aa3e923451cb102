package dev.fairlead.core.net;

import dev.fairlead.core.fault.Part;
import dev.fairlead.core.fault.Supervised;
import dev.fairlead.core.fault.Supervisor;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Checks that the event loops work: each must run a small task again and again. A loop that has ended never
/// comes back, so the process must be restarted; a loop that is stuck may recover.
public final class LoopWatchdog implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int FRAMES = 12;

    private final List<Watched> watched = new ArrayList<>();
    private final Listener listener;
    private final Runnable dead;
    private final Supervised loop;
    private @Nullable String told;

    /// @param dead told once, when a loop has ended
    public LoopWatchdog(EventLoopGroup loops, Listener listener, Runnable dead, Supervisor supervisor) {
        for (EventExecutor loop : loops) watched.add(new Watched((EventLoop) loop));
        this.listener = listener;
        this.dead = dead;
        this.loop =
                supervisor.loop(Part.LOOP_WATCH, Thread.ofPlatform().daemon().name("loop-watch"), this::watch);
    }

    /// Told what is amiss when that changes.
    public interface Listener {
        /// @param fault what is amiss, or null when all is well again
        /// @param detail what a stuck loop is doing
        void changed(@Nullable String fault, String detail);
    }

    private record Watched(EventLoop loop, LoopHeartbeat heartbeat) {
        Watched(EventLoop loop) {
            this(loop, new LoopHeartbeat());
        }
    }

    public void start() {
        loop.start();
    }

    private void watch() throws InterruptedException {
        long before = System.nanoTime();
        boolean goesOn = true;
        while (goesOn) {
            Thread.sleep(PERIOD);
            long now = System.nanoTime();
            goesOn = goesOn(now - before);
            before = now;
        }
    }

    /// One check of all loops.
    ///
    /// @param elapsed nanoseconds since the last check
    /// @return false when nothing is left to watch
    boolean goesOn(long elapsed) {
        int ended = (int) watched.stream().filter(one -> isEnded(one.loop())).count();
        if (ended > 0) {
            listener.changed(ended + " of " + watched.size() + " event loops have ended", "");
            dead.run();
            return false;
        }
        List<Watched> stuck = watched.stream()
                .filter(one -> one.heartbeat().isMissing(one.loop(), elapsed))
                .toList();
        tell(stuck);
        return true;
    }

    private void tell(List<Watched> stuck) {
        String fault = stuck.isEmpty()
                ? null
                : stuck.size() + " of " + watched.size() + " event loops have done nothing for "
                        + LoopHeartbeat.PATIENCE.toSeconds() + " s";
        if (fault == null ? told == null : fault.equals(told)) return;
        listener.changed(fault, stuck.isEmpty() ? "" : stack(stuck.getFirst().loop()));
        told = fault;
    }

    private static boolean isEnded(EventLoop loop) {
        return loop.isShuttingDown();
    }

    /// What the loop is doing instead.
    private static String stack(EventLoop loop) {
        if (!(loop instanceof SingleThreadEventExecutor executor)) return "";
        return Arrays.stream(executor.threadProperties().stackTrace())
                .limit(FRAMES)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        loop.stop();
    }
}
