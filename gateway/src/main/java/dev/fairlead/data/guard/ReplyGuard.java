package dev.fairlead.data.guard;

import dev.fairlead.data.attempt.RunningAttempt;
import dev.fairlead.core.reply.Reply;

/// Weighs the replies to one call whose answer must not go back between nodes, and keeps the best while it is not good
/// enough.
public interface ReplyGuard {
    /// @return whether the reply was given to the client; otherwise it is kept, and the next node is to be asked
    boolean gave(RunningAttempt from, Reply reply);

    /// Whether no reply is kept.
    boolean isEmpty();

    /// No node has a better one: the client gets the best there is.
    void conclude();

    void discard();

    /// No node answered, but what clients were shown before may be asked for in another way.
    ///
    /// @return whether it is asked for
    default boolean standsIn() {
        return false;
    }
}
