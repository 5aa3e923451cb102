package dev.fairlead.config.keys;

import dev.fairlead.config.DifferenceLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What a reload changes, in lines for the log; secrets are named and not shown.
///
/// @param applied what takes effect at once
/// @param needRestart what is read at the next start only: where the gateway listens, whether with TLS,
/// its event loops, its connections, its store
public record ReloadDifference(List<String> applied, List<String> needRestart) {
    public static ReloadDifference between(Settings before, Settings after) {
        DifferenceLines lines = DifferenceLines.none();
        Keys.ROOT.compare(before, after, lines);
        return new ReloadDifference(List.copyOf(lines.applied()), List.copyOf(lines.needRestart()));
    }

    /// What a running gateway can take over: `after`, but with the old values of what needs a restart.
    public static Settings applicable(Settings before, Settings after) {
        return Objects.requireNonNull(Keys.ROOT.applicable(before, after, false));
    }

    public boolean isNone() {
        return applied.isEmpty() && needRestart.isEmpty();
    }

    public List<String> lines() {
        var lines = new ArrayList<>(applied);
        needRestart.forEach(line -> lines.add(line + " (takes effect at the next start)"));
        return List.copyOf(lines);
    }
}
