package dev.fairlead.config.keys;

import dev.fairlead.config.Key;
import dev.fairlead.config.Scalar;
import dev.fairlead.config.Scalars;
import dev.fairlead.config.Table;
import dev.fairlead.core.logs.LogCaps;
import java.util.List;

/// The keys of the caps on log queries: `[policy.logs]` for all, and the same table of a chain and of a tenant.
final class LogQueryKeys {
    private static final Scalar<Long> COUNT = Scalars.whole(0, 1_000_000_000);

    private LogQueryKeys() {}

    /// @param around the table in which it stands
    /// @param otherwise what holds where it says nothing
    static Table<LogCaps> table(String around, String otherwise) {
        Key<LogCaps, Long> blocks = new Key<>(
                        "blocks",
                        COUNT,
                        LogCaps::blocks,
                        "How many blocks one query for logs may go through; 0 is no bound.")
                .otherwise(otherwise);
        Key<LogCaps, Long> addresses = new Key<>(
                        "addresses", COUNT, LogCaps::addresses, "How many addresses it may name; 0 is no bound.")
                .otherwise(otherwise);
        Key<LogCaps, Long> topics = new Key<>(
                        "topics",
                        COUNT,
                        LogCaps::topics,
                        "How many topics it may name, in all positions together; 0 is no bound.")
                .otherwise(otherwise);
        Key<LogCaps, Long> results = new Key<>(
                        "results", COUNT, LogCaps::results, "How many logs its answer may have; 0 is no bound.")
                .otherwise(otherwise);
        return new Table<>(
                around + ".logs",
                "How much one call of `eth_getLogs` and its like may ask.",
                LogCaps.NONE,
                List.of(blocks, addresses, topics, results),
                values -> new LogCaps(
                        values.orNull(blocks),
                        values.orNull(addresses),
                        values.orNull(topics),
                        values.orNull(results)));
    }
}
