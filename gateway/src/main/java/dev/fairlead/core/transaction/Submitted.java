package dev.fairlead.core.transaction;

import dev.fairlead.core.jsonrpc.Slice;
import java.util.List;
import java.util.Set;

/// What a submission brings, by the shape of its params: methods of this kind are many, and differ from client to
/// client.
public sealed interface Submitted {
    /// Nothing that is signed: what a node signs itself, withdraws, or takes in another form.
    record Nothing() implements Submitted {}

    /// @param raws JSON strings, each meant to be the hex digits of one transaction
    record Signed(List<Slice> raws) implements Submitted {
        public Signed {
            raws = List.copyOf(raws);
        }
    }

    /// Where signed transactions are expected, there is something else.
    record Unclear() implements Submitted {}

    /// More than is looked at in one call.
    ///
    /// @param why what was expected and what was found
    record Excessive(String why) implements Submitted {}

    /// What needs no signed transaction. Exactly these: another name may be any method's.
    Set<String> UNSIGNED = Set.of(
            "eth_sendTransaction",
            "eth_resend",
            "eth_cancelPrivateTransaction",
            "eth_cancelBundle",
            "eth_sendUserOperation",
            "boost_sendUserOperation",
            "pimlico_sendCompressedUserOperation",
            "pimlico_sendUserOperationNow");

    /// @param method of a submission
    static Submitted of(String method, Slice params) {
        return UNSIGNED.contains(method) ? new Nothing() : SubmissionReader.read(params);
    }
}
