package dev.fairlead.core.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a call takes of its caller's credits, and what is left of them now.
///
/// @param credits that one call takes
/// @param limits that count it
/// @param day of its tenant; null where no day is counted
public record Allowance(
        long credits, List<Share> limits, @Nullable Day day) {
    public static final Allowance NONE = new Allowance(0, List.of(), null);

    public Allowance {
        limits = List.copyOf(limits);
    }

    /// One limit.
    ///
    /// @param key where it is declared, `limits[0]`
    /// @param place of that key, `fairlead.toml:12`; empty where it stands nowhere
    /// @param bound in words: `100/s, 500 at once, for each address`
    /// @param left credits; null where this gateway does not know
    /// @param note what `left` counts, or why it is not known; empty for what is left at this gateway
    public record Share(
            String key,
            String place,
            String bound,
            @Nullable Long left,
            String note) {}

    /// A tenant's day.
    ///
    /// @param quota credits; 0 is no bound
    /// @param taken since it began
    public record Day(String key, String place, long quota, long taken) {
        /// Never less than 0.
        public long left() {
            return Math.max(0, quota - taken);
        }
    }
}
