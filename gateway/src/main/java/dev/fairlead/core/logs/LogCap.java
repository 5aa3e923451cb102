package dev.fairlead.core.logs;

import java.util.Locale;

/// What a query for logs may have too much of.
public enum LogCap {
    /// Blocks in its range.
    BLOCKS,
    /// Addresses that it names.
    ADDRESSES,
    /// Topics that it names, in all positions together.
    TOPICS,
    /// Logs, or traces, in the answer.
    RESULTS;

    /// As it stands in the configuration.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
