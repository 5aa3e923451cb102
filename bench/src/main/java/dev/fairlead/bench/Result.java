package dev.fairlead.bench;

import java.util.List;

/// What came out of one scenario.
///
/// @param rows one for each proxy; empty when a scenario measures no calls
/// @param findings how the figures stand to their targets
record Result(String name, String title, List<Row> rows, List<Finding> findings) {
    /// @param measured the figure, in the target's unit
    /// @param target at the most
    record Finding(String what, double measured, double target, String unit) {
        boolean holds() {
            return measured <= target;
        }
    }
}
