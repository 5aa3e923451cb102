package dev.fairlead.data.attempt;

import dev.fairlead.core.eth.Proof;
import dev.fairlead.core.reply.Outcome.Declined;
import java.time.Duration;

/// What follows for a node that declined a call: how it is used from now on. Pure.
///
/// @param spared for how long it is left alone; zero for not at all
/// @param lacking for how long it counts as a node that does not offer the method; zero for not at all
/// @param offers whether it shows that the node offers the method
record DeclinedEffect(Shows shows, Duration spared, Duration lacking, boolean offers) {
    private static final Duration SPARED = Duration.ofSeconds(1);
    private static final Duration SPARED_UNAUTHORIZED = Duration.ofSeconds(10);
    private static final Duration SPARED_AT_MOST = Duration.ofSeconds(60);
    private static final Duration LACKING = Duration.ofMinutes(10);
    private static final Duration LACKING_SO_FAR = Duration.ofSeconds(30);

    enum Shows {
        /// The node works.
        WORKS,
        /// It may be the node's fault or the call's: held against the node when another one answers the call.
        DOUBT,
        /// Shows neither that the node works nor that it fails.
        NOTHING,
        /// The node leads back to this gateway.
        LOOP
    }

    static DeclinedEffect of(Declined declined) {
        Duration asked = min(declined.retryAfter(), SPARED_AT_MOST);
        return switch (declined.meaning()) {
            case INTERNAL, OVERLOADED -> new DeclinedEffect(Shows.DOUBT, asked, Duration.ZERO, false);
            case RATE_LIMITED -> spared(asked.isPositive() ? asked : SPARED);
            case UNAUTHORIZED -> spared(SPARED_UNAUTHORIZED);
            case UNSUPPORTED -> unsupported(declined);
            case LOOP -> new DeclinedEffect(Shows.LOOP, Duration.ZERO, Duration.ZERO, false);
            case PRUNED, HEAD_NOT_THERE, RANGE_CAPPED ->
                new DeclinedEffect(Shows.WORKS, Duration.ZERO, Duration.ZERO, true);
            case CALLERS, UNCLEAR -> spared(Duration.ZERO);
        };
    }

    private static DeclinedEffect spared(Duration length) {
        return new DeclinedEffect(Shows.WORKS, length, Duration.ZERO, false);
    }

    /// Without an error it is HTTP 404 or 405: a wrong path, or a proxy whose node is away for a while.
    private static DeclinedEffect unsupported(Declined declined) {
        if (declined.error() == null) return new DeclinedEffect(Shows.NOTHING, Duration.ZERO, LACKING_SO_FAR, false);
        Duration lacking = declined.proof() == Proof.NOT_OFFERED ? LACKING : Duration.ZERO;
        return new DeclinedEffect(Shows.WORKS, Duration.ZERO, lacking, false);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
