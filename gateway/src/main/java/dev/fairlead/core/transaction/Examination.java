package dev.fairlead.core.transaction;

import dev.fairlead.core.jsonrpc.JsonText;
import dev.fairlead.core.jsonrpc.Slice;
import dev.fairlead.core.transaction.TransactionFault.Rule;
import dev.fairlead.core.transaction.Webhook.OnFailure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds what is submitted against the rules.
///
/// @param chainId of the chain that it is sent to; 0 while that is not known
/// @param isLimited whether transactions are counted by who signed them
public record Examination(TransactionRules rules, long chainId, boolean isLimited) {
    private static final String NOT_UNDERSTOOD =
            "the transaction is not understood, and is not taken without being checked: expected the signed bytes of a"
                    + " transaction of type 0 to 4, in hex digits behind 0x";

    private static final TransactionFault UNREADABLE = new TransactionFault(Rule.UNREADABLE, NOT_UNDERSTOOD);

    /// As go-ethereum answers to what is no transaction at all.
    private static final TransactionFault NO_TRANSACTION = new TransactionFault(
            Rule.PARAMS, "invalid argument 0: expected a signed transaction, in hex digits behind 0x");

    /// What was found.
    public sealed interface Finding {
        /// @param examined the one that does not keep the rules; null where none was read
        record Faulty(TransactionFault fault, @Nullable Examined examined) implements Finding {}

        record Sound(List<Examined> transactions) implements Finding {}

        /// Nothing that can be held against the rules, and nothing that must be.
        record Nothing() implements Finding {}
    }

    /// One transaction that was held against the rules.
    ///
    /// @param raw as the client sent it
    /// @param transaction null when it is not understood
    /// @param sender null when it is not known
    public record Examined(
            Slice raw,
            @Nullable Transaction transaction,
            @Nullable String sender) {}

    public Finding of(Submitted submitted) {
        return switch (submitted) {
            case Submitted.Nothing _ -> new Finding.Nothing();
            case Submitted.Signed signed -> of(signed);
            case Submitted.Excessive(var why) -> new Finding.Faulty(new TransactionFault(Rule.TOO_MANY, why), null);
            case Submitted.Unclear _ -> {
                TransactionFault fault = unclear();
                yield fault == null ? new Finding.Nothing() : new Finding.Faulty(fault, null);
            }
        };
    }

    private Finding of(Submitted.Signed submitted) {
        var sound = new ArrayList<Examined>(submitted.raws().size());
        for (Slice raw : submitted.raws()) {
            TransactionFault oversized = oversized(raw);
            if (oversized != null) return new Finding.Faulty(oversized, null);
            Examined examined = examined(raw);
            TransactionFault fault = fault(examined);
            if (fault != null) return new Finding.Faulty(fault, examined);
            sound.add(examined);
        }
        return new Finding.Sound(List.copyOf(sound));
    }

    /// Whether who signed must be known, which costs far more than all the rest.
    public boolean needsSender() {
        return isLimited || rules.needSender();
    }

    /// Without bytes there is nothing that the webhook could be asked about.
    private @Nullable TransactionFault unclear() {
        if (mustUnderstand()) return UNREADABLE;
        if (rules.areStrict()) return NO_TRANSACTION;
        Webhook webhook = rules.webhook();
        return webhook != null && webhook.onFailure() == OnFailure.CLOSED ? UNREADABLE : null;
    }

    /// What is of a type that is not known here may be of the chain's own; its node decides, unless a rule that
    /// was declared needs that it is understood.
    private @Nullable TransactionFault notRead(Slice raw) {
        if (mustUnderstand()) return UNREADABLE;
        if (!rules.areStrict()) return null;
        byte[] bytes = HexBytes.of(raw);
        if (bytes == null) return new TransactionFault(Rule.PARAMS, "invalid argument 0: json: " + HexBytes.fault(raw));
        String fault = TransactionReader.fault(bytes);
        return fault == null ? null : new TransactionFault(Rule.MALFORMED, fault);
    }

    private boolean mustUnderstand() {
        return rules.isDeclared() || isLimited;
    }

    private Examined examined(Slice raw) {
        byte[] bytes = HexBytes.of(raw);
        Transaction transaction = bytes == null ? null : TransactionReader.read(bytes);
        String sender = needsSender() && transaction != null ? SenderRecovery.sender(transaction) : null;
        return new Examined(raw, transaction, sender);
    }

    private @Nullable TransactionFault oversized(Slice raw) {
        if (rules.maxSize() == 0 || raw.size() / 2 <= rules.maxSize()) return null;
        long size = (JsonText.decode(raw).length() - 1L) / 2;
        if (size <= rules.maxSize()) return null;
        String text = "oversized data: transaction size " + size + ", limit " + rules.maxSize();
        return new TransactionFault(Rule.MAX_SIZE, text);
    }

    private @Nullable TransactionFault fault(Examined examined) {
        Transaction transaction = examined.transaction();
        if (transaction == null) return notRead(examined.raw());
        BigInteger named = transaction.chainId();
        if (named == null && rules.requiresProtection()) {
            String text = "only replay-protected (EIP-155) transactions allowed over RPC";
            return new TransactionFault(Rule.REQUIRE_EIP155, text);
        }
        if (named != null && rules.checksChainId() && chainId != 0 && !named.equals(BigInteger.valueOf(chainId))) {
            String text = "invalid sender: invalid chain id for signer: have " + named + " want " + chainId;
            return new TransactionFault(Rule.CHECK_CHAIN_ID, text);
        }
        return costs(transaction, examined.sender());
    }

    private @Nullable TransactionFault costs(Transaction transaction, @Nullable String sender) {
        if (rules.maxGas() != null && transaction.gas().compareTo(rules.maxGas()) > 0) {
            String text = "transaction gas limit too high (cap: " + rules.maxGas() + ", tx: " + transaction.gas() + ")";
            return new TransactionFault(Rule.MAX_GAS, text);
        }
        if (rules.maxFee() != null && transaction.fee().compareTo(rules.maxFee()) > 0) {
            String text = "tx fee (" + ether(transaction.fee()) + " ether) exceeds the configured cap ("
                    + ether(rules.maxFee()) + " ether)";
            return new TransactionFault(Rule.MAX_FEE, text);
        }
        if (!needsSender()) return null;
        if (sender == null) return new TransactionFault(Rule.SIGNATURE, "invalid sender: nobody can have signed so");
        boolean isAllowed =
                rules.allowSenders().isEmpty() || rules.allowSenders().contains(sender);
        boolean isDenied = rules.denySenders().contains(sender);
        if (isAllowed && !isDenied) return null;
        Rule rule = isDenied ? Rule.DENY_SENDERS : Rule.ALLOW_SENDERS;
        return new TransactionFault(rule, "transactions of " + sender + " are not taken here");
    }

    private static String ether(BigInteger wei) {
        BigDecimal ether = new BigDecimal(wei, 18);
        return ether.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }
}
