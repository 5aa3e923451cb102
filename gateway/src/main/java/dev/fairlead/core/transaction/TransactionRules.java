package dev.fairlead.core.transaction;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What is demanded of the submissions of one tenant on one chain.
///
/// @param isDeclared whether an operator asked for a rule that only a transaction which is understood can keep;
/// rules that hold by default let others through to the node
/// @param areStrict whether what is no transaction of any type is refused here, and not left to the node
/// @param maxSize 0 is no bound
/// @param maxGas null is no bound
/// @param maxFee in wei; null is no bound
/// @param allowSenders none is everybody
public record TransactionRules(
        boolean isDeclared,
        boolean areStrict,
        boolean checksChainId,
        boolean requiresProtection,
        long maxSize,
        @Nullable BigInteger maxGas,
        @Nullable BigInteger maxFee,
        Set<String> allowSenders,
        Set<String> denySenders,
        @Nullable Webhook webhook) {
    private static final int DECIMALS_OF_ETHER = 18;

    public TransactionRules {
        allowSenders = Set.copyOf(allowSenders);
        denySenders = Set.copyOf(denySenders);
    }

    /// @param said the nearest first: where it is silent, the next one counts; whom one of them denies is denied
    /// @param isLeftToNode whether callers run the node themselves, and hear from it what it takes
    public static TransactionRules of(List<TransactionPolicy> said, boolean isLeftToNode) {
        Boolean chainId = first(said, TransactionPolicy::checksChainId);
        Boolean protection = first(said, TransactionPolicy::requiresProtection);
        Long maxSize = first(said, TransactionPolicy::maxSize);
        Long maxGas = first(said, TransactionPolicy::maxGas);
        BigDecimal maxFee = first(said, TransactionPolicy::maxFee);
        List<String> allowed = first(said, policy -> policy.allowSenders().isEmpty() ? null : policy.allowSenders());
        var denied = new HashSet<String>();
        for (TransactionPolicy policy : said) denied.addAll(policy.denySenders());
        BigInteger gas = maxGas == null || maxGas == 0 ? null : BigInteger.valueOf(maxGas);
        BigInteger fee = maxFee == null || maxFee.signum() == 0
                ? null
                : maxFee.movePointRight(DECIMALS_OF_ETHER).toBigInteger();
        boolean isDeclared = Boolean.TRUE.equals(chainId)
                || Boolean.TRUE.equals(protection)
                || gas != null
                || fee != null
                || allowed != null
                || !denied.isEmpty();
        boolean checksChainId = chainId == null || chainId;
        boolean requiresProtection = protection == null ? !isLeftToNode : protection;
        return new TransactionRules(
                isDeclared,
                isDeclared || (!isLeftToNode && (checksChainId || requiresProtection)),
                checksChainId,
                requiresProtection,
                maxSize == null ? 0 : maxSize,
                gas,
                fee,
                allowed == null ? Set.of() : Set.copyOf(allowed),
                denied,
                first(said, TransactionPolicy::webhook));
    }

    private static <T> @Nullable T first(List<TransactionPolicy> said, Function<TransactionPolicy, @Nullable T> part) {
        for (TransactionPolicy policy : said) {
            T value = part.apply(policy);
            if (value != null) return value;
        }
        return null;
    }

    /// Whether there is nothing to look at.
    public boolean areNone() {
        return !isDeclared && !checksChainId && !requiresProtection && maxSize == 0 && webhook == null;
    }

    /// Whether an operator asked for any rule at all.
    ///
    /// @param isLimited whether transactions are counted by who signed them
    boolean areSaid(boolean isLimited) {
        return isDeclared || isLimited || maxSize != 0 || webhook != null;
    }

    boolean needSender() {
        return !allowSenders.isEmpty() || !denySenders.isEmpty() || webhook != null;
    }
}
