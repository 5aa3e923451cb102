package dev.fairlead.config;

import dev.fairlead.config.file.FilePlace;
import java.util.ArrayList;
import java.util.List;

/// Gathers the lines of a [ReloadDifference] while two configurations are walked side by side.
///
/// @param subject what it is about, `chain mainnet: node geth-1: `, or empty
/// @param path of the key within the subject, dotted
/// @param restart whether the key takes effect at the next start only
public record DifferenceLines(
        String subject, String path, boolean restart, List<String> applied, List<String> needRestart) {
    public static DifferenceLines none() {
        return new DifferenceLines("", "", false, new ArrayList<>(), new ArrayList<>());
    }

    DifferenceLines at(String key, boolean needsRestart) {
        String deeper = path.isEmpty() ? key : path + "." + key;
        return new DifferenceLines(subject, deeper, restart || needsRestart, applied, needRestart);
    }

    /// The chain, node or group of that name.
    DifferenceLines of(String word, String name) {
        return of(word + " " + name);
    }

    /// One of a list, `limits[0]`.
    DifferenceLines of(String name) {
        return new DifferenceLines(subject + name + ": ", "", restart, applied, needRestart);
    }

    /// The same subject, for tables that stand under names: `nodes` itself is no part of the path.
    DifferenceLines within() {
        return new DifferenceLines(subject, "", restart, applied, needRestart);
    }

    /// The keys of a table that is there before and after: each says for itself when it takes effect.
    DifferenceLines inside() {
        return new DifferenceLines(subject, path, false, applied, needRestart);
    }

    void changed(String before, String after) {
        boolean hidden = before.contains(FilePlace.UNSHOWN) || after.contains(FilePlace.UNSHOWN);
        say(subject + path + (hidden ? " changed" : ": " + before + " → " + after));
    }

    void added(String word, String name) {
        added(word + " " + name);
    }

    void added(String name) {
        say(subject + name + " added");
    }

    void removed(String word, String name) {
        removed(word + " " + name);
    }

    void removed(String name) {
        say(subject + name + " removed");
    }

    void reordered(String word) {
        say(subject + word + "s in another order");
    }

    private void say(String line) {
        (restart ? needRestart : applied).add(line);
    }
}
