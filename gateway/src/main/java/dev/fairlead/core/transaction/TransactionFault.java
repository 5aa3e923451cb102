package dev.fairlead.core.transaction;

import java.util.Locale;

/// Why a transaction may not go to a node.
///
/// @param text for the client, in go-ethereum's words where it has any
public record TransactionFault(Rule rule, String text) {
    /// Which rule it does not keep.
    public enum Rule {
        SIZE,
        CHAIN_ID,
        PROTECTION,
        GAS,
        FEE,
        SENDER,
        /// The params have no hex digits where the transaction is expected.
        PARAMS,
        /// The bytes are no transaction of any type, and a node that takes them all the same reads its own into them.
        MALFORMED,
        /// It is not understood, and a rule that was declared needs that.
        UNREADABLE,
        WEBHOOK;

        /// As it stands in labels.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
