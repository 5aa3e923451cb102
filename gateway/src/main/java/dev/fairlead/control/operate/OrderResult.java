package dev.fairlead.control.operate;

import java.util.List;

/// How an order ended.
public sealed interface OrderResult {
    /// It was carried out, and is stored and published.
    ///
    /// @param subject as it is now; as it was, if it was removed
    /// @param remarks what else the operator should know
    record Done(Subject subject, List<String> remarks) implements OrderResult {
        public Done {
            remarks = List.copyOf(remarks);
        }
    }

    /// Nothing was changed.
    ///
    /// @param reason what was expected and what was found; no secrets
    /// @param remedy what to do
    record Rejected(Cause cause, String reason, String remedy) implements OrderResult, Decision {}

    enum Cause {
        /// The order itself is wrong.
        INVALID,
        /// It names what does not exist.
        UNKNOWN,
        /// It contradicts what is declared already.
        CONFLICT,
        /// The store cannot keep it.
        STORE
    }
}
