package dev.fairlead.data.call;

/// What an error's `data` shows.
enum ErrorData {
    NONE,
    /// The refusal's own, as it is.
    OWN,
    /// Infura's `{see}`.
    SEE,
    /// Infura's `{rate: {allowed_rps, backoff_seconds, current_rps}, see}`; the refusal's own is the rate.
    RATE
}
