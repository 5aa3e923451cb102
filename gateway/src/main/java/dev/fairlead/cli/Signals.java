package dev.fairlead.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/// What the process does on a signal.
final class Signals {
    private static final int ENDED_AT_ONCE = 130;

    private Signals() {}

    /// SIGHUP; ignored where there is no such signal.
    static void onHangUp(Runnable action) {
        org.jline.utils.Signals.register(
                "HUP", () -> Thread.ofVirtual().name("reload").start(action));
    }

    /// SIGTERM or SIGINT, the first time; a second one ends the process at once.
    static void onEnd(Runnable action) {
        var told = new AtomicBoolean();
        Runnable end = () -> {
            if (told.compareAndSet(false, true)) {
                Thread.ofPlatform().name("stop").start(action);
            } else {
                Runtime.getRuntime().halt(ENDED_AT_ONCE);
            }
        };
        org.jline.utils.Signals.register("TERM", end);
        org.jline.utils.Signals.register("INT", end);
    }
}
