package dev.fairlead.data.call;

import dev.fairlead.core.eth.Method;
import dev.fairlead.core.eth.TxHash;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.data.call.Answer.Refused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a client is told of a call that must not be done twice and may have been done.
public final class Uncertain {
    private Uncertain() {}

    /// The answer for a call that is given up, or whose answer cannot be held: the reason, unless the call was
    /// sent and may have been done.
    public static Refused orElse(Call call, Refusal why, String detail) {
        boolean maybeDone = call.attempts() > 0 && !call.method().repeatable();
        return maybeDone ? of(call, "") : new Refused(why, detail);
    }

    /// @param cameBack what a node gave instead of an answer, or empty when nothing came
    public static Refused of(Call call, String cameBack) {
        boolean sends = call.method().kind() == Method.Kind.SUBMISSION;
        return ofHash(sends ? TxHash.ofSubmission(call.request().params()) : null, cameBack);
    }

    /// @param hash of the transaction, or null when it cannot be told from the params
    public static Refused ofHash(@Nullable String hash, String cameBack) {
        String sent = cameBack.isEmpty()
                ? "sent to a node and no answer came: "
                : "sent to a node, and what came back does not tell whether it was carried out (" + cameBack + "): ";
        if (hash == null) {
            String advice = "it may or may not have been carried out; find out before sending it again";
            return new Refused(Refusal.UNCERTAIN, sent + advice);
        }
        return new Refused(
                Refusal.UNCERTAIN,
                sent + "transaction " + hash
                        + " may or may not have been accepted; ask eth_getTransactionByHash for it,"
                        + " or send the very same transaction again, which is safe",
                transaction(hash),
                Duration.ZERO);
    }

    /// As an error's `data`.
    public static Slice transaction(String hash) {
        return Slice.of("{\"transactionHash\":\"" + hash + "\"}");
    }
}
