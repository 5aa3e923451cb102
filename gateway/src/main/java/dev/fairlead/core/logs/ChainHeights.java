package dev.fairlead.core.logs;

import dev.fairlead.core.eth.BlockRef.Tag;

/// Where a chain is, as far as the gateway knows.
///
/// @param head number of its newest block; -1 while it is not known
/// @param ahead how many blocks further a node may be
/// @param beginsEarly whether one of its nodes begins at the first block where a filter has no `fromBlock`
public record ChainHeights(long head, Height safe, Height finalized, long ahead, boolean beginsEarly) {
    public static final ChainHeights UNKNOWN = new ChainHeights(-1, Height.UNKNOWN, Height.UNKNOWN, 0, false);

    /// The number of the block that a tag means, which only grows.
    ///
    /// @param atLeast -1 where nothing is known
    /// @param isExact whether it is that very number
    public record Height(long atLeast, boolean isExact) {
        static final Height UNKNOWN = new Height(-1, false);

        public static Height atLeast(long number) {
            return new Height(number, false);
        }

        public static Height exactly(long number) {
            return new Height(number, true);
        }
    }

    /// The same, and which block a tag means.
    public ChainHeights with(Tag tag, long number) {
        return switch (tag) {
            case SAFE -> new ChainHeights(head, Height.exactly(number), finalized, ahead, beginsEarly);
            case FINALIZED -> new ChainHeights(head, safe, Height.exactly(number), ahead, beginsEarly);
            case LATEST, PENDING, EARLIEST -> this;
        };
    }

    /// Whether it would help to ask a node which block the tag means.
    boolean isGuess(Tag tag) {
        return switch (tag) {
            case SAFE -> !safe.isExact();
            case FINALIZED -> !finalized.isExact();
            case LATEST, PENDING, EARLIEST -> false;
        };
    }
}
