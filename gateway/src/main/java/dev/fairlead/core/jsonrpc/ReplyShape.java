package dev.fairlead.core.jsonrpc;

import org.jspecify.annotations.Nullable;

/// Where the members of a reply stand in its bytes. Only members of the outermost object count.
///
/// @param versioned whether `"jsonrpc":"2.0"` was seen
/// @param id what the reply says it answers, or [Slice#NONE] when no id was seen
/// @param kind which of `result` and `error` has the value; of both, the error
/// @param valueFrom where that value begins, or -1
/// @param valueTo where it ends, or -1 when only the beginning of the reply was looked at
/// @param beside whether the other of the two stands there as well, or a null error alone, so that the reply is not
/// legal as it is
public record ReplyShape(boolean versioned, Slice id, Kind kind, int valueFrom, int valueTo, boolean beside) {
    public enum Kind {
        RESULT,
        ERROR,
        /// Neither of them, or none within the bytes at hand.
        NEITHER
    }

    /// Reads a whole reply, every byte of it.
    ///
    /// @return null when it is not one JSON object, or has a member of the envelope twice
    public static @Nullable ReplyShape of(byte[] json, int from, int to) {
        return new ReplyScan(json, to).whole(from);
    }

    /// Reads the beginning of a reply up to its result or error; what stands behind that is not known. One that is null
    /// has an end, and decides nothing: the other may follow.
    ///
    /// @return null when this cannot be the beginning of a reply
    public static @Nullable ReplyShape ofBeginning(byte[] json, int from, int to) {
        return new ReplyScan(json, to).beginning(from);
    }
}
