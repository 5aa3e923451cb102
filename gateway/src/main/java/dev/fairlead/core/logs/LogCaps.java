package dev.fairlead.core.logs;

import org.jspecify.annotations.Nullable;

/// How much one query for logs may ask, as it is declared in one place: 0 is no bound, null says nothing.
public record LogCaps(
        @Nullable Long blocks,
        @Nullable Long addresses,
        @Nullable Long topics,
        @Nullable Long results) {
    public static final LogCaps NONE = new LogCaps(null, null, null, null);

    public @Nullable Long of(LogCap cap) {
        return switch (cap) {
            case BLOCKS -> blocks;
            case ADDRESSES -> addresses;
            case TOPICS -> topics;
            case RESULTS -> results;
        };
    }
}
