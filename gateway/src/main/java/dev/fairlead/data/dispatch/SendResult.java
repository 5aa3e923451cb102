package dev.fairlead.data.dispatch;

import dev.fairlead.core.eth.TxHash;
import dev.fairlead.core.jsonrpc.Request;
import dev.fairlead.core.upstream.Outcome;
import dev.fairlead.core.upstream.Reason;
import dev.fairlead.core.upstream.Reply;
import java.util.Set;

/// Whether the result of a submission says that the node took it. One that is not what the method gives, `null`,
/// another
/// hash or "queued", proves nothing: it counts as no answer.
final class SendResult {
    /// Whose result is the hash of a transaction.
    private static final Set<String> GIVE_HASH = Set.of(
            "eth_sendTransaction",
            "eth_sendRawTransaction",
            "eth_sendRawTransactionConditional",
            "eth_sendPrivateRawTransaction");

    private SendResult() {}

    /// @param said how the attempt ended; its reply is discarded when it proves nothing
    static Outcome read(Errand errand, Request request, Outcome said) {
        if (!(said instanceof Outcome.Answered(var reply)) || reply.error() != null) return said;
        String fault = fault(errand, request, reply);
        if (fault.isEmpty()) return said;
        reply.discard();
        return new Outcome.Unanswered(Reason.NONSENSE, "reply has " + fault);
    }

    private static String fault(Errand errand, Request request, Reply reply) {
        if (errand instanceof Errand.Signed(var hash, var receipt)) {
            if (receipt) return HeadReply.isObject(reply) ? "" : "a result that is no receipt";
            return ofHash(HeadReply.hashOf(reply), hash, request);
        }
        if (!GIVE_HASH.contains(request.method()) || !HeadReply.hashOf(reply).isEmpty()) return "";
        return "a result that is no transaction hash";
    }

    private static String ofHash(String given, String hash, Request request) {
        if (given.isEmpty()) return "a result that is no transaction hash";
        boolean its = given.equals(hash) || !TxHash.isCertain(request.params());
        return its ? "" : "the hash of another transaction";
    }
}
