package dev.fairlead.data.submission;

import dev.fairlead.core.fault.Backoff;
import java.time.Duration;

/// Which nodes a [TransactionLookUp] asks, for how long, and what follows from their answers. Pure; times in
/// nanoseconds.
///
/// @param isPatient whether it may take a while until the network has the transaction
record LookUpRules(boolean isPatient) {
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofMillis(1_600));
    private static final long EACH = Duration.ofSeconds(1).toNanos();
    /// With less time, a healthy node would count as dead.
    static final long LEAST = Duration.ofMillis(100).toNanos();

    private static final long SHARED_LEAST = Duration.ofMillis(300).toNanos();
    private static final int FEW = 3;

    /// How a look-up sees a node.
    enum Role {
        /// It may have taken the transaction, and its answer is still needed.
        OWED,
        /// It may have taken the transaction, but said that it does not have it, or answers no such questions.
        SETTLED,
        OTHER
    }

    /// @param round how often all nodes were asked before
    /// @param asked how many were asked
    /// @param isMissing whether one said that it does not have it
    boolean asks(Role role, int round, int asked, boolean isMissing) {
        if (isPatient) return true;
        return switch (role) {
            case OWED -> true;
            case SETTLED -> false;
            case OTHER -> round == 0 && (asked < FEW || !isMissing);
        };
    }

    /// The timeout for one node, so that a silent one leaves time for the others that may have taken the
    /// transaction.
    ///
    /// @param owed nodes whose answers are needed
    static long timeout(long left, long owed) {
        long share = Math.max(SHARED_LEAST, left / Math.max(1, owed));
        return Math.min(Math.min(EACH, share), left);
    }

    /// How long to wait until the nodes are asked once more; -1 when they are not.
    long pause(long left, int round, long owed) {
        long length = PAUSES.nanos(isPatient ? 1 : round + 1);
        boolean goesOn = (isPatient || owed > 0) && left > length + LEAST;
        return goesOn ? length : -1;
    }

    /// @param isThere whether a node has it
    /// @param isMissing whether one said that it does not have it
    /// @param isMissingAtAll whether every node that may have taken it said so
    static LookUpResult found(boolean isThere, boolean isMissing, boolean isMissingAtAll) {
        if (isThere) return LookUpResult.THERE;
        return isMissing && isMissingAtAll ? LookUpResult.NOWHERE : LookUpResult.UNKNOWN;
    }
}
