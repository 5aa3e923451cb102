package dev.fairlead.data.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimeoutSweepTest {
    private final List<String> told = new ArrayList<>();
    private final List<String> looked = new ArrayList<>();
    private final TimeoutSweep sweep = new TimeoutSweep(
            (part, _, fault) -> told.add(part.word() + ": " + fault.getClass().getSimpleName()));

    /// @param fault what looking at it ends with, or null
    private record Late(
            String name, List<String> looked, @Nullable Throwable fault) implements TimeoutSweep.Watched {
        @Override
        public boolean look(long now) {
            happen();
            return true;
        }

        @Override
        public void giveUp() {
            happen();
        }

        private void happen() {
            if (fault instanceof Error error) throw error;
            if (fault instanceof RuntimeException bug) throw bug;
            looked.add(name);
        }
    }

    @Test
    void whatMeetsAFaultIsToldOfAndWatchedNoLongerAndTheOthersAre() {
        sweep.watch(new Late("ill", looked, new StackOverflowError()));
        sweep.watch(new Late("well", looked, null));

        sweep.run();
        sweep.run();

        assertThat(looked).containsExactly("well", "well");
        assertThat(told).containsExactly("clients: StackOverflowError");
    }

    @Test
    void atTheStopAFaultInOneKeepsNobodyElseFromBeingAnswered() {
        sweep.watch(new Late("ill", looked, new IllegalStateException()));
        sweep.watch(new Late("worse", looked, new OutOfMemoryError()));
        sweep.watch(new Late("well", looked, null));

        sweep.giveUp();

        assertThat(looked).containsExactly("well");
        assertThat(told).containsExactly("clients: IllegalStateException", "clients: OutOfMemoryError");
    }
}
