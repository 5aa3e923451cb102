package dev.fairlead.cli;

/// What the process does when it is told something by signal.
final class Signals {
    private Signals() {}

    /// SIGHUP; ignored where there is no such signal.
    static void onHangUp(Runnable action) {
        org.jline.utils.Signals.register("HUP", () -> Thread.startVirtualThread(action));
    }

    /// SIGTERM, SIGINT, or the end of the process for another reason; the process waits for `action`.
    static void onEnd(Runnable action) {
        Runtime.getRuntime().addShutdownHook(new Thread(action, "stop"));
    }
}
