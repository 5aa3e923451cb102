package dev.fairlead.data.limit.shared;

/// Redis gave no answer, or none that means anything.
final class RedisGone extends Exception {
    private static final long serialVersionUID = 1;

    /// @param reason one line for the operator, without secrets
    RedisGone(String reason) {
        super(reason);
    }
}
