package dev.fairlead.data.shown;

import dev.fairlead.core.eth.BlockNumber;
import java.time.Duration;

/// The highest head that clients of a chain were shown, so that no client sees it go back while nodes fail
/// over. Pure and immutable; times are nanoseconds of the gateway's clock.
///
/// @param number -1 while no client was shown any
/// @param reference the chain's head as health knows it; -1 for unknown
/// @param referenceAt when that number was first seen
/// @param lower whether the reference has been below `number` since `lowerSince`
public record Floor(long number, long reference, long referenceAt, boolean lower, long lowerSince) {
    public static final Floor NONE = new Floor(-1, -1, 0, false, 0);

    public enum Height {
        FINE,
        /// Clients were shown a higher one.
        BELOW,
        /// Higher than the chain can be since health looked last: not believed from one node alone.
        ABOVE
    }

    /// @param ahead blocks that a node may be ahead of the reference
    public Height height(long head, long now, long ahead, Duration blockTime) {
        if (!BlockNumber.isPossible(head)) return Height.ABOVE;
        if (head < number) return Height.BELOW;
        if (reference < 0) return Height.FINE;
        long sinceThen = Math.max(0, now - referenceAt) / Math.max(1, blockTime.toNanos());
        return head > reference + ahead + 2 * sinceThen ? Height.ABOVE : Height.FINE;
    }

    Floor served(long head) {
        return head <= number ? this : new Floor(head, reference, referenceAt, false, 0);
    }

    /// Health published a reference head. If the floor stays above it for longer than `patience`, the chain
    /// was rolled back, and the floor goes down to it.
    Floor measured(long head, long now, Duration patience) {
        long at = head == reference ? referenceAt : now;
        if (head < 0 || head >= number) return new Floor(number, head, at, false, 0);
        if (!lower) return new Floor(number, head, at, true, now);
        boolean rolledBack = now - lowerSince > patience.toNanos();
        return rolledBack ? new Floor(head, head, at, false, 0) : new Floor(number, head, at, true, lowerSince);
    }

    /// Until when a block that clients were shown may still come to the nodes that remain: one block time from now, or
    /// from when health first found the chain below it. Later than that, it was rolled back.
    long awaited(long now, Duration blockTime) {
        return (lower ? lowerSince : now) + blockTime.toNanos();
    }

    static Duration patience(Duration blockTime) {
        Duration three = blockTime.multipliedBy(3);
        Duration least = Duration.ofSeconds(10);
        return three.compareTo(least) > 0 ? three : least;
    }
}
