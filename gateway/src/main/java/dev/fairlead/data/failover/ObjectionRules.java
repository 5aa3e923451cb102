package dev.fairlead.data.failover;

import dev.fairlead.core.eth.ErrorMeaning;
import dev.fairlead.core.eth.NodeErrors;
import dev.fairlead.core.reply.Outcome;

/// What one objection says, by itself: how long it holds, and how much it tells. Pure.
final class ObjectionRules {
    private ObjectionRules() {}

    /// Whether the objection may no longer hold in a moment; what a node does not have or does not offer stays
    /// so.
    ///
    /// @param isBlockThere whether the block that the call names is known to exist
    static boolean mayPass(Outcome outcome, boolean isBlockThere) {
        return switch (outcome) {
            case Outcome.Answered _ -> false;
            case Outcome.NotSent _, Outcome.Unanswered _ -> true;
            case Outcome.Declined declined -> mayPass(declined, isBlockThere);
        };
    }

    private static boolean mayPass(Outcome.Declined declined, boolean isBlockThere) {
        return switch (declined.meaning()) {
            case OVERLOADED -> true;
            case INTERNAL -> declined.error() == null;
            case HEAD_NOT_THERE -> isBlockThere;
            case CALLERS, UNCLEAR, PRUNED, UNSUPPORTED, RANGE_CAPPED, UNAUTHORIZED, RATE_LIMITED, LOOP -> false;
        };
    }

    /// The closer an objection is to the call, the heavier it weighs; what a node says about our key does not
    /// concern the client.
    static int weight(ErrorMeaning meaning) {
        return switch (meaning) {
            case CALLERS -> 8;
            case PRUNED -> 7;
            case RANGE_CAPPED -> 6;
            case HEAD_NOT_THERE -> 5;
            case UNCLEAR -> 4;
            case INTERNAL -> 3;
            case UNSUPPORTED -> 2;
            case OVERLOADED -> 1;
            case RATE_LIMITED -> 0;
            case UNAUTHORIZED, LOOP -> -1;
        };
    }

    /// Whether the node will say the same when it is asked again.
    static boolean isFinal(ErrorMeaning meaning) {
        return meaning == ErrorMeaning.UNAUTHORIZED
                || meaning == ErrorMeaning.UNSUPPORTED
                || meaning == ErrorMeaning.LOOP;
    }

    /// Trouble of something before the node says nothing about the call.
    static boolean isOfGateway(Outcome.Declined declined) {
        boolean trouble = declined.meaning() == ErrorMeaning.OVERLOADED || declined.meaning() == ErrorMeaning.INTERNAL;
        return trouble && NodeErrors.isOfGateway(declined.status());
    }
}
