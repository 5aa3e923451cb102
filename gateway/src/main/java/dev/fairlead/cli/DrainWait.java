package dev.fairlead.cli;

import dev.fairlead.cli.console.AdminClient;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// Waits until the last call that a draining node works on has its answer.
///
/// @param look reads the node as the admin API shows it
/// @param clock `System::nanoTime`, or a clock of a test
/// @param pause waits a moment
/// @param progress for people
record DrainWait(Supplier<JsonNode> look, LongSupplier clock, Runnable pause, PrintWriter progress) {
    /// How often the node must be seen without a call: one may have been on its way when the order came.
    private static final int LOOKS = 2;

    /// @param node `chain/name`
    /// @return the node without calls
    /// @throws AdminClient.Rejected when `bound` passes first, or the order is taken back
    JsonNode await(String node, Duration bound) {
        long start = clock.getAsLong();
        int quiet = 0;
        int told = -1;
        JsonNode now = look.get();
        while (true) {
            if (!now.path("mode").asString().equals("draining")) {
                throw new AdminClient.Rejected(node + " is no longer draining, it is "
                        + now.path("mode").asString() + ": somebody gave another order");
            }
            int calls = now.path("inFlight").asInt(0);
            quiet = calls == 0 ? quiet + 1 : 0;
            if (quiet == LOOKS) return now;
            if (calls > 0 && calls != told) tell(node + ": " + calls(calls) + " in flight");
            told = calls;
            if (calls > 0 && clock.getAsLong() - start > bound.toNanos()) {
                throw new AdminClient.Rejected(node + " still has " + calls(calls) + " in flight after "
                        + bound.toSeconds() + " s; it stays draining, fairlead nodes uncordon takes it back");
            }
            pause.run();
            now = look.get();
        }
    }

    private void tell(String line) {
        progress.println(line);
        progress.flush();
    }

    private static String calls(int number) {
        return number == 1 ? "1 call" : number + " calls";
    }
}
