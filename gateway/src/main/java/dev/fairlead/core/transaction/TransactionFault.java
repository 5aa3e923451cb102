package dev.fairlead.core.transaction;

import java.util.Locale;

/// Why a transaction may not go to a node.
///
/// @param text for the client, in go-ethereum's words where it has any
public record TransactionFault(Rule rule, String text) {
    /// Which rule it does not keep.
    public enum Rule {
        MAX_SIZE(true),
        CHECK_CHAIN_ID(true),
        REQUIRE_EIP155(true),
        MAX_GAS(true),
        MAX_FEE(true),
        ALLOW_SENDERS(true),
        DENY_SENDERS(true),
        WEBHOOK(true),
        /// Nobody can have signed it so.
        SIGNATURE(false),
        /// The params have no hex digits where the transaction is expected.
        PARAMS(false),
        /// More transactions than one call may bring.
        TOO_MANY(false),
        /// The bytes are no transaction of any type, and a node that takes them all the same reads its own into
        /// them.
        MALFORMED(false),
        /// It is not understood, and a rule that was declared needs that.
        UNREADABLE(false);

        private final boolean isKey;

        Rule(boolean isKey) {
            this.isKey = isKey;
        }

        /// Whether a key of the configuration is named so.
        public boolean isKey() {
            return isKey;
        }

        /// As it stands in labels: the key's name where there is one.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
