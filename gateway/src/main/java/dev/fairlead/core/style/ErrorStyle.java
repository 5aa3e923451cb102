package dev.fairlead.core.style;

import java.util.Locale;

/// Whose words and codes the gateway uses where no node's words reach the caller.
public enum ErrorStyle {
    /// Its own, which say the most.
    FAIRLEAD,
    /// As Infura answered its callers, for clients that were written for it.
    INFURA,
    /// As go-ethereum answers, for clients that were written for a node.
    GETH;

    /// As configurations spell it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
