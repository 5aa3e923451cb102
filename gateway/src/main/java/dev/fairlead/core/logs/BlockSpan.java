package dev.fairlead.core.logs;

import dev.fairlead.core.eth.BlockRef;
import dev.fairlead.core.eth.BlockRef.Tag;

/// Blocks by their numbers, both ends included; backwards where there are none between them.
///
/// @param from -1 where it cannot be told, [#OPEN] for a newest block whose number is not known
/// @param to [#OPEN] where it cannot be told
public record BlockSpan(long from, long to) {
    static final long UNKNOWN = -1;
    static final long OPEN = Long.MAX_VALUE;

    /// Nothing is known of it.
    public static final BlockSpan ANY = new BlockSpan(UNKNOWN, OPEN);

    /// The blocks that a node goes through for a query.
    static BlockSpan of(LogMethod method, LogRange.Blocks range, ChainHeights heights) {
        boolean early = method.beginsEarly() || heights.beginsEarly();
        return new BlockSpan(start(range.from(), early, heights), end(range.to(), heights));
    }

    /// 0 where it is backwards, [#OPEN] where it cannot be told.
    long blocks() {
        if (from == OPEN) return 1;
        if (from < 0 || to == OPEN) return OPEN;
        return to < from ? 0 : to - from + 1;
    }

    /// The same without its beginning, which is only near the one that nodes will take.
    BlockSpan anyFrom() {
        return new BlockSpan(UNKNOWN, to);
    }

    boolean hasFrom() {
        return from >= 0 && from != OPEN;
    }

    boolean hasTo() {
        return to != OPEN;
    }

    /// Its first blocks.
    BlockSpan first(long blocks) {
        return new BlockSpan(from, to - from < blocks - 1 ? to : from + blocks - 1);
    }

    private static long start(BlockRef from, boolean early, ChainHeights heights) {
        return switch (from) {
            case BlockRef.Number(var number) -> number;
            case Tag tag -> start(tag, heights);
            case BlockRef.None _ -> start(early ? Tag.EARLIEST : Tag.LATEST, heights);
            case BlockRef.Hash _, BlockRef.Range _ -> UNKNOWN;
        };
    }

    private static long start(Tag tag, ChainHeights heights) {
        return switch (tag) {
            case EARLIEST -> 0;
            case FINALIZED -> heights.finalized().atLeast();
            case SAFE -> heights.safe().atLeast();
            case LATEST -> heights.head() < 0 ? OPEN : heights.head();
            case PENDING -> heights.head() < 0 ? OPEN : heights.head() + 1;
        };
    }

    /// What is not there yet costs nothing.
    private static long end(BlockRef to, ChainHeights heights) {
        long head = heights.head();
        return switch (to) {
            case BlockRef.Number(var number) -> head < 0 ? number : Math.min(number, head + heights.ahead());
            case Tag tag -> end(tag, heights);
            case BlockRef.None _ -> end(Tag.LATEST, heights);
            case BlockRef.Hash _, BlockRef.Range _ -> OPEN;
        };
    }

    private static long end(Tag tag, ChainHeights heights) {
        long head = heights.head() < 0 ? OPEN : heights.head();
        return switch (tag) {
            case EARLIEST -> 0;
            case FINALIZED ->
                heights.finalized().isExact() ? heights.finalized().atLeast() : head;
            case SAFE -> heights.safe().isExact() ? heights.safe().atLeast() : head;
            case LATEST -> head;
            case PENDING -> head == OPEN ? OPEN : head + 1;
        };
    }
}
