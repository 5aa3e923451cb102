package dev.fairlead.core.policy;

import dev.fairlead.core.logs.LogCaps;
import dev.fairlead.core.style.ErrorPolicy;
import dev.fairlead.core.transaction.TransactionPolicy;
import org.jspecify.annotations.Nullable;

/// What is declared of callers in one place: for all chains, or for one.
///
/// @param isPublic whether callers without a key are served; null when it is not said
/// @param logs how much one query for logs may ask
/// @param errors how they are told of errors
/// @param transactions what is demanded of submissions
public record CallerPolicy(
        MethodPolicy methods,
        @Nullable Boolean isPublic,
        LogCaps logs,
        ErrorPolicy errors,
        TransactionPolicy transactions) {
    public static final CallerPolicy NONE = new CallerPolicy(MethodPolicy.NONE, null);

    public CallerPolicy(MethodPolicy methods, @Nullable Boolean isPublic) {
        this(methods, isPublic, LogCaps.NONE, ErrorPolicy.NONE, TransactionPolicy.NONE);
    }
}
