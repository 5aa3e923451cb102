package dev.fairlead.core.logs;

import dev.fairlead.core.eth.BlockRef;

/// Of which blocks a query asks.
public sealed interface LogRange {
    /// From one to another, both included: each a number, a tag, or [BlockRef.None] where it is left out.
    record Blocks(BlockRef from, BlockRef to) implements LogRange {}

    /// One block, named by its hash.
    record OneBlock() implements LogRange {}

    /// It is said in a way that nodes may take for different things, or for none.
    ///
    /// @param why what was expected, and what was found
    record Unclear(String why) implements LogRange {}
}
