package dev.fairlead.core.transaction;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is declared of submissions in one place: for all, for one chain, or for one tenant. Null, or an empty list, is
/// what is not said there.
///
/// @param checksChainId whether a transaction must be for the chain that it is sent to
/// @param requiresProtection whether it must name its chain, as EIP-155 has it
/// @param maxSize bytes, blobs included; 0 is no bound
/// @param maxGas its gas limit; 0 is no bound
/// @param maxFee what it may cost at the most, in ether; 0 is no bound
/// @param allowSenders addresses in lower case
/// @param denySenders addresses in lower case
public record TransactionPolicy(
        @Nullable Boolean checksChainId,
        @Nullable Boolean requiresProtection,
        @Nullable Long maxSize,
        @Nullable Long maxGas,
        @Nullable BigDecimal maxFee,
        List<String> allowSenders,
        List<String> denySenders,
        @Nullable Webhook webhook) {
    public static final TransactionPolicy NONE =
            new TransactionPolicy(null, null, null, null, null, List.of(), List.of(), null);

    public TransactionPolicy {
        allowSenders = List.copyOf(allowSenders);
        denySenders = List.copyOf(denySenders);
    }
}
