package dev.fairlead.data.guard;

import dev.fairlead.core.fleet.Chain;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.attempt.RunningAttempt;

/// Judges the replies to one call whose answer must not go back from node to node, and keeps the best while it
/// is not good enough.
public interface ReplyGuard {
    /// What is to be done with a reply.
    enum Weighed {
        /// It goes to the client.
        GOOD,
        /// It is kept until it is clear that no node has a better one: the next node is asked.
        KEPT,
        /// The best that is kept is good enough now.
        ENOUGH,
        /// No chain can give such a reply: it was discarded, and counts as no answer.
        IMPOSSIBLE
    }

    Weighed weigh(RunningAttempt from, Reply reply, Chain chain, long now);

    /// Whether no reply is kept.
    boolean isEmpty();

    /// The result when no node has a better reply. Replies that are not given out stay kept.
    BestKept best(Chain chain, long now);

    void discard();
}
