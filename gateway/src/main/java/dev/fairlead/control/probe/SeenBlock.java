package dev.fairlead.control.probe;

import dev.fairlead.core.fleet.Head;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a node says about one block.
///
/// @param hash lower case, or empty where the node tells the number only
/// @param parentHash lower case, or empty where the node does not tell
/// @param timestamp null where the node does not tell
public record SeenBlock(
        long number,
        String hash,
        String parentHash,
        @Nullable Instant timestamp) {
    /// A node that moved on by more than this at once may be somewhere else entirely.
    public static final long LEAP = 64;

    static SeenBlock numbered(long number) {
        return new SeenBlock(number, "", "", null);
    }

    /// A block without a timestamp counts as made when it was first seen.
    public Head seen(Instant at) {
        return new Head(number, hash, timestamp == null ? at : timestamp, at);
    }

    /// Whether this block names the one with that number and hash as its parent. Heights between the two may be empty:
    /// on Filecoin rounds without a block are normal.
    public boolean follows(long height, String parent) {
        boolean near = number > height && number - height <= LEAP;
        return near && !parent.isEmpty() && parentHash.equals(parent);
    }

    public boolean same(Head head) {
        return number == head.number() && hash.equals(head.hash());
    }
}
