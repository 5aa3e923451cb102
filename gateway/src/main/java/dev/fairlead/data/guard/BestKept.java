package dev.fairlead.data.guard;

import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.attempt.RunningAttempt;

/// What a client gets of the replies that a [ReplyGuard] kept.
public sealed interface BestKept {
    /// The caller owns the reply.
    record OfNode(RunningAttempt from, Reply reply) implements BestKept {}

    /// What clients were shown before.
    ///
    /// @param result raw JSON
    record Known(Slice result) implements BestKept {}

    /// All are behind the block that clients were shown: it is asked for by its number.
    record BlockByNumber(long number) implements BestKept {}

    /// All are too low, but one of them is the answer when nothing better comes.
    record TooLow() implements BestKept {}
}
