package dev.fairlead.core.transaction;

import dev.fairlead.core.jsonrpc.Slice;
import java.util.List;

/// What a submission brings, by the shape of its params: methods of this kind are many, and differ from client to
/// client.
public sealed interface Submitted {
    /// Nothing that is signed: what a node signs itself, withdraws, or takes in another form.
    record Nothing() implements Submitted {}

    /// @param raws JSON strings, each meant to be the hex digits of one transaction
    /// @param isAll whether nothing else in the params can be a transaction: methods of this kind are many, and
    /// a node may take more from them than is known here
    record Signed(List<Slice> raws, boolean isAll) implements Submitted {
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
}
