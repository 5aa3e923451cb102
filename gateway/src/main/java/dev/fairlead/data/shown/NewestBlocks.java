package dev.fairlead.data.shown;

import java.util.ArrayList;
import java.util.List;

/// The heights of a chain's newest blocks by hash: a call that names one of them needs a node that has reached
/// it. Immutable, and bounded.
///
/// @param blocks the latest to be seen first
record NewestBlocks(List<Block> blocks) {
    static final NewestBlocks NONE = new NewestBlocks(List.of());
    private static final int MOST = 32;

    /// @param hash 0x and 64 hex digits, lower case
    record Block(long number, String hash) {}

    /// -1 for a hash that is not among them.
    long number(String hash) {
        for (Block block : blocks) {
            if (block.hash.equals(hash)) return block.number;
        }
        return -1;
    }

    /// The height of the block that was seen last; -1 for none.
    long newest() {
        return blocks.isEmpty() ? -1 : blocks.getFirst().number;
    }

    NewestBlocks with(long number, String hash) {
        if (number(hash) >= 0) return this;
        var with = new ArrayList<Block>(blocks.size() + 1);
        with.add(new Block(number, hash));
        with.addAll(blocks.subList(0, Math.min(blocks.size(), MOST - 1)));
        return new NewestBlocks(List.copyOf(with));
    }
}
