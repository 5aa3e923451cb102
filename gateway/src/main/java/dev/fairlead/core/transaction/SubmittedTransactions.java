package dev.fairlead.core.transaction;

import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.transaction.Submitted.Excessive;
import dev.fairlead.core.transaction.Submitted.Nothing;
import dev.fairlead.core.transaction.Submitted.Signed;
import dev.fairlead.core.transaction.Submitted.Unclear;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The signed transactions that a submission brings.
public final class SubmittedTransactions {
    private SubmittedTransactions() {}

    /// @param method of a submission
    /// @return null when one of them cannot be read, or there may be more; none for what brings nothing that is
    /// signed
    public static @Nullable List<Transaction> of(String method, Slice params) {
        return switch (SubmissionReader.read(method, params)) {
            case Nothing _ -> List.of();
            case Unclear _, Excessive _ -> null;
            case Signed(var raws, boolean isAll) -> isAll ? read(raws) : null;
        };
    }

    private static @Nullable List<Transaction> read(List<Slice> raws) {
        var read = new ArrayList<Transaction>();
        for (Slice raw : raws) {
            byte[] bytes = HexBytes.of(raw);
            Transaction transaction = bytes == null ? null : TransactionReader.read(bytes);
            if (transaction == null) return null;
            read.add(transaction);
        }
        return read;
    }
}
