package dev.fairlead.core.logs;

import dev.fairlead.core.eth.BlockRef.Tag;

/// Where a chain is, as far as the gateway knows: the numbers of its newest, safe and final block; -1 for what is not
/// known.
///
/// @param ahead how many blocks further a node may be
/// @param beginsEarly whether one of its nodes begins at the first block where a filter has no `fromBlock`
public record ChainHeights(long head, long safe, long finalized, long ahead, boolean beginsEarly) {
    public static final ChainHeights UNKNOWN = new ChainHeights(-1, -1, -1, 0, false);

    /// The same, and which block a tag means.
    public ChainHeights with(Tag tag, long number) {
        return switch (tag) {
            case LATEST -> new ChainHeights(number, safe, finalized, ahead, beginsEarly);
            case SAFE -> new ChainHeights(head, number, finalized, ahead, beginsEarly);
            case FINALIZED -> new ChainHeights(head, safe, number, ahead, beginsEarly);
            case PENDING, EARLIEST -> this;
        };
    }
}
