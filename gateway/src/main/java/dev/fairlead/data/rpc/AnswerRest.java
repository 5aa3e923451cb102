package dev.fairlead.data.rpc;

import dev.fairlead.core.reply.Reply;

/// The part of a large answer that is still on its way.
///
/// @param length of the whole answer in bytes, or -1 when it is not known
public record AnswerRest(Reply.Rest rest, long length, Completion completion) {

    /// Is told once what became of an answer that was streamed.
    public interface Completion {
        void whole();

        /// The node broke off in the middle.
        void brokenOff(String cause);

        /// The client is gone.
        void abandoned();
    }

    public void discard() {
        rest.abort();
        completion.abandoned();
    }
}
