package dev.fairlead.control.admin;

import java.util.List;

/// Reads the configuration again.
public interface Reloader {
    Reloaded reload(String who);

    /// How it ended.
    sealed interface Reloaded {
        /// @param changes one line each; none when nothing changed
        record Applied(List<String> changes) implements Reloaded {}

        /// Everything stays as it was.
        record Faulty(List<String> faults) implements Reloaded {}
    }
}
