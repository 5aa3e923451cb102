package dev.fairlead.data.submission;

import dev.fairlead.core.eth.TxHash;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.net.NoAnswerReason;
import dev.fairlead.core.reply.Outcome;
import dev.fairlead.core.reply.Reply;
import dev.fairlead.data.routing.CallKind;
import dev.fairlead.data.routing.ReplyBlock;
import java.util.Set;

/// Whether the result of a submission says that the node took it. A result that the method does not give, such
/// as `null`, another hash or "queued", proves nothing and counts as no answer.
public final class SendResult {
    /// Methods whose result is the hash of a transaction.
    private static final Set<String> GIVE_HASH = Set.of(
            "eth_sendTransaction",
            "eth_sendRawTransaction",
            "eth_sendRawTransactionConditional",
            "eth_sendPrivateRawTransaction");

    private SendResult() {}

    /// @param said how the attempt ended; its reply is discarded when it proves nothing
    public static Outcome read(CallKind kind, Request request, Outcome said) {
        if (!(said instanceof Outcome.Answered(var reply)) || reply.error() != null) return said;
        String fault = fault(kind, request, reply);
        if (fault.isEmpty()) return said;
        reply.discard();
        return new Outcome.Unanswered(NoAnswerReason.NONSENSE, "reply has " + fault);
    }

    private static String fault(CallKind kind, Request request, Reply reply) {
        if (kind instanceof CallKind.Signed(var hash, var receipt)) {
            if (receipt) return ReplyBlock.isObject(reply) ? "" : "a result that is no receipt";
            return ofHash(ReplyBlock.hashOf(reply), hash, request);
        }
        if (!GIVE_HASH.contains(request.method()) || !ReplyBlock.hashOf(reply).isEmpty()) return "";
        return "a result that is no transaction hash";
    }

    private static String ofHash(String given, String hash, Request request) {
        if (given.isEmpty()) return "a result that is no transaction hash";
        boolean its = given.equals(hash) || !TxHash.isCertain(request.params());
        return its ? "" : "the hash of another transaction";
    }
}
