package dev.fairlead.core.jwt;

import java.util.Locale;

/// Why a token is refused. Operators see it in metrics and logs, and each has its row in the page on the policy;
/// callers are told nothing of it, but that they brought none, or in the wrong place.
public enum TokenFault {
    /// No three parts of base64url, or JSON that says no such thing.
    MALFORMED,
    TOO_LONG,
    /// None of RS256, ES256 and EdDSA.
    ALGORITHM,
    /// A header that says by which key it is to be checked, or one that must be understood.
    HEADER,
    /// A claim that is not of the form that it must have.
    MALFORMED_CLAIM,
    /// A claim whose name is nearly that of a list of what is allowed, and which would narrow nothing.
    MISSPELLED_CLAIM,
    NO_EXPIRY,
    EXPIRED,
    NOT_YET_VALID,
    NO_AUDIENCE,
    /// No tenant takes tokens for whom it is meant for.
    WRONG_AUDIENCE,
    /// Whoever takes tokens of its `aud` wants another `iss`.
    WRONG_ISSUER,
    /// It would be good for another tenant than its API key, its `aud` and its `iss` say.
    WRONG_TENANT,
    /// Whoever takes tokens of its `aud` and `iss` has no key of its `kid` and algorithm.
    UNKNOWN_KEY,
    /// More keys could have signed it than are tried, or several tenants accept it.
    AMBIGUOUS,
    SIGNATURE,
    /// The tenant demands an API key besides, and none came along.
    KEY_MISSING,
    /// The tenant demands a token besides its API key, and none came along.
    TOKEN_MISSING,
    /// It stands where keys do: in the path, in `X-API-Key`, or as a password.
    MISPLACED,
    /// Too many tokens with wrong signatures came from its address lately.
    TOO_MANY,
    /// Too many came from all addresses together, and one at least from its own.
    TOO_MANY_OF_ALL;

    /// As it stands in labels and log lines.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
