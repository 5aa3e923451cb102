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
import java.util.Objects;
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

    private static final TransactionFault HIDDEN = new TransactionFault(
            Rule.UNREADABLE,
            "expected nothing as long as a transaction but where transactions of such a call stand, found something:"
                    + " what is not checked is not taken");

    /// As go-ethereum answers to what is no transaction at all.
    private static final TransactionFault NO_TRANSACTION = new TransactionFault(
            Rule.PARAMS, "invalid argument 0: expected a signed transaction, in hex digits behind 0x");

    /// In one call, all its transactions together: finding out who signed one costs as much as for a transaction.
    static final int MOST_AUTHORIZATIONS = 1_000;

    private static final TransactionFault TOO_MANY = new TransactionFault(
            Rule.TOO_MANY, "expected at most 1,000 authorizations at once, found more; send them in several calls");

    private static final TransactionFault UNSIGNED_AUTHORIZATION =
            new TransactionFault(Rule.SIGNATURE, "invalid authorization: nobody can have signed so");

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
    /// @param authorities who signed its authorizations, in their order; none when they are not known, and an
    /// empty text for one that nobody can have signed
    public record Examined(
            Slice raw,
            @Nullable Transaction transaction,
            @Nullable String sender,
            List<String> authorities) {
        public Examined {
            authorities = List.copyOf(authorities);
        }
    }

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
        if (!submitted.isAll() && rules.areSaid(isLimited)) return new Finding.Faulty(HIDDEN, null);
        var sound = new ArrayList<Examined>(submitted.raws().size());
        int authorizations = 0;
        for (Slice raw : submitted.raws()) {
            TransactionFault oversized = oversized(raw);
            if (oversized != null) return new Finding.Faulty(oversized, null);
            Transaction transaction = read(raw);
            if (transaction != null && rules.needSender()) {
                authorizations += transaction.authorizations().size();
                if (authorizations > MOST_AUTHORIZATIONS) return new Finding.Faulty(TOO_MANY, null);
            }
            Examined examined = examined(raw, transaction);
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

    private static @Nullable Transaction read(Slice raw) {
        byte[] bytes = HexBytes.of(raw);
        return bytes == null ? null : TransactionReader.read(bytes);
    }

    private Examined examined(Slice raw, @Nullable Transaction transaction) {
        String sender = needsSender() && transaction != null ? SenderRecovery.sender(transaction) : null;
        List<String> authorities = rules.needSender() && transaction != null ? authorities(transaction) : List.of();
        return new Examined(raw, transaction, sender, authorities);
    }

    private static List<String> authorities(Transaction transaction) {
        return transaction.authorizations().stream()
                .map(authorization -> Objects.requireNonNullElse(SenderRecovery.authority(authorization), ""))
                .toList();
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
        for (Authorization authorization : transaction.authorizations()) {
            if (!rules.checksChainId() || chainId == 0 || authorization.isFor(chainId)) continue;
            String text = "invalid authorization: expected the chain id " + chainId + ", or 0, found "
                    + authorization.chainId();
            return new TransactionFault(Rule.CHECK_CHAIN_ID, text);
        }
        TransactionFault costs = costs(transaction);
        return costs != null || !needsSender() ? costs : signers(examined);
    }

    private @Nullable TransactionFault costs(Transaction transaction) {
        if (rules.maxGas() != null && transaction.gas().compareTo(rules.maxGas()) > 0) {
            String text = "transaction gas limit too high (cap: " + rules.maxGas() + ", tx: " + transaction.gas() + ")";
            return new TransactionFault(Rule.MAX_GAS, text);
        }
        if (rules.maxFee() != null && transaction.fee().compareTo(rules.maxFee()) > 0) {
            String text = "tx fee (" + ether(transaction.fee()) + " ether) exceeds the configured cap ("
                    + ether(rules.maxFee()) + " ether)";
            return new TransactionFault(Rule.MAX_FEE, text);
        }
        return null;
    }

    /// Who signs that an account lends itself code does with it what a sender does.
    private @Nullable TransactionFault signers(Examined examined) {
        String sender = examined.sender();
        if (sender == null) return new TransactionFault(Rule.SIGNATURE, "invalid sender: nobody can have signed so");
        Rule rule = refusing(sender);
        if (rule != null) return new TransactionFault(rule, "transactions of " + sender + " are not taken here");
        for (String authority : examined.authorities()) {
            if (authority.isEmpty()) return UNSIGNED_AUTHORIZATION;
            rule = refusing(authority);
            if (rule == null) continue;
            return new TransactionFault(rule, "authorizations of " + authority + " are not taken here");
        }
        return null;
    }

    private @Nullable Rule refusing(String signer) {
        if (rules.denySenders().contains(signer)) return Rule.DENY_SENDERS;
        boolean isAllowed =
                rules.allowSenders().isEmpty() || rules.allowSenders().contains(signer);
        return isAllowed ? null : Rule.ALLOW_SENDERS;
    }

    private static String ether(BigInteger wei) {
        BigDecimal ether = new BigDecimal(wei, 18);
        return ether.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }
}
