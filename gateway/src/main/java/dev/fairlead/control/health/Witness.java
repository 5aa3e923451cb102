package dev.fairlead.control.health;

import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.NodeId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node that answers for the right chain, and so has a voice in what the reference is.
///
/// @param checked the last height that it was asked for, or -1
record Witness(
        NodeId id,
        long weight,
        Head head,
        Trail trail,
        @Nullable Descent descent,
        long checked,
        @Nullable Instant apartSince) {
    long height() {
        return head.number();
    }

    /// The weighted median of heights, the lower one where two share the middle: half of the weight has come at
    /// least as far. Never the maximum, so that no single node can pull it up.
    static Witness lowerMedian(List<Witness> witnesses) {
        var byHeight = witnesses.stream()
                .sorted(Comparator.comparingLong(Witness::height))
                .toList();
        long half = (weight(witnesses) + 1) / 2;
        long passed = 0;
        for (Witness witness : byHeight) {
            passed += witness.weight;
            if (passed >= half) return witness;
        }
        return byHeight.getLast();
    }

    static long weight(List<Witness> witnesses) {
        long sum = 0;
        for (Witness witness : witnesses) sum += witness.weight;
        return sum;
    }
}
