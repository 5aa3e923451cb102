package dev.fairlead.core.jwt;

import java.util.Locale;

/// Why a token is refused. Operators see it in metrics and logs; callers are told nothing of it.
public enum TokenFault {
    /// No three parts of base64url, or JSON that says no such thing.
    MALFORMED,
    TOO_LONG,
    /// None of RS256, ES256 and EdDSA.
    ALGORITHM,
    /// A header that says by which key it is to be checked, or one that must be understood.
    HEADER,
    /// No tenant has a key that the token could be signed by.
    UNKNOWN_KEY,
    /// More keys could have signed it than are tried, or several tenants accept it.
    AMBIGUOUS,
    SIGNATURE,
    NO_EXPIRY,
    EXPIRED,
    NOT_YET_VALID,
    /// A list of what it allows that is none.
    CLAIMS,
    /// The tenant demands an API key besides, or a token besides its API key, or both are of different tenants.
    NOT_ALONE,
    /// Too many tokens with wrong signatures came lately.
    TOO_MANY;

    /// As it stands in labels and log lines.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
