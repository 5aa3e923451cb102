package dev.fairlead.core.jsonrpc;

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
}
