package dev.fairlead.core.reply;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.jsonrpc.RpcError;
import dev.fairlead.core.net.NetworkErrors;
import dev.fairlead.core.net.NoAnswerReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How one attempt at one node ended. Only [Answered] reaches the client; the others decide whether the next node
/// is asked.
public sealed interface Outcome {
    /// A result, or an error that belongs to the caller. Whoever receives it owns the reply's bytes.
    record Answered(Reply reply) implements Outcome {}

    /// The node spoke but cannot serve this call: pruned state, unknown method, its own rate limit.
    ///
    /// @param status the HTTP status that it came with
    /// @param error what the node said, or null when it was not JSON-RPC
    /// @param proof what that proves of a call that must not be done twice
    /// @param retryAfter how long the node asked to be left alone; zero when it did not say
    record Declined(
            ErrorMeaning meaning, int status, @Nullable RpcError error, Proof proof, Duration retryAfter, String cause)
            implements Outcome {}

    /// Never reached the node, so asking another one is always safe.
    record NotSent(NoAnswerReason reason, String cause) implements Outcome {
        public NotSent(String cause) {
            this(NetworkErrors.reason(cause, NoAnswerReason.UNREACHED), cause);
        }
    }

    /// Sent, and no answer came, or none that makes sense: the node may or may not have acted.
    record Unanswered(NoAnswerReason reason, String cause) implements Outcome {
        public Unanswered(String cause) {
            this(NetworkErrors.reason(cause, NoAnswerReason.NONSENSE), cause);
        }

        /// What came back instead of an answer, as clients may read it; empty when nothing did.
        public String cameBack() {
            return NetworkErrors.cameBack(cause);
        }
    }
}
