package dev.fairlead.control.judge;

import dev.fairlead.control.judge.KnownHashes.Meeting;
import dev.fairlead.control.probe.Ancestry;
import dev.fairlead.core.fleet.Head;
import dev.fairlead.core.fleet.NodeId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node that answers for the right chain, and so has a voice in what the reference is.
///
/// @param agreed how what it shows now meets the branch that was agreed on before
/// @param checked the last height that it was asked for, or -1
/// @param forkMemory what is remembered of its being on another branch, or null
/// @param heardAt when it last answered
/// @param before whether its head was the reference the last time
/// @param silent whether it did not answer the last time
/// @param doubted whether it was called forked the last time, for whatever reason
record Voter(
        NodeId id,
        long weight,
        Head head,
        KnownHashes hashes,
        Meeting agreed,
        Past past,
        @Nullable Ancestry ancestry,
        long checked,
        @Nullable ForkMemory forkMemory,
        Instant heardAt,
        boolean before,
        boolean silent,
        boolean doubted) {
    /// Whether it is known to be on another branch than the main one.
    boolean isForked() {
        return forkMemory != null && forkMemory.known();
    }

    /// Whether what it shows now is known to go on from what was agreed on before.
    boolean goesOn() {
        return agreed instanceof Meeting.Same;
    }

    boolean hasLeft() {
        return agreed instanceof Meeting.Apart;
    }

    boolean isOutvoted() {
        return forkMemory != null && forkMemory.isOutvoted();
    }

    /// Whether it counts for its branch; of two nodes that contradict each other, both do.
    boolean isTrusted() {
        return isForked() ? !isOutvoted() : !doubted;
    }

    /// Whether a block at this height that is the main branch's ends what is remembered of another branch.
    boolean isBackAt(long height) {
        return forkMemory == null || height >= forkMemory.height();
    }

    /// The same node with nothing remembered of another branch.
    Voter without() {
        return forkMemory == null
                ? this
                : new Voter(
                        id, weight, head, hashes, agreed, past, ancestry, checked, null, heardAt, before, silent,
                        doubted);
    }

    @Nullable
    Instant apartSince() {
        return forkMemory == null ? null : forkMemory.since();
    }

    long height() {
        return head.number();
    }

    /// The weighted median of heights, the lower one where two share the middle: half of the weight has come at
    /// least as far. Never the maximum, so that no single node can pull it up.
    static Voter lowerMedian(List<Voter> voters) {
        var byHeight =
                voters.stream().sorted(Comparator.comparingLong(Voter::height)).toList();
        long half = (weight(voters) + 1) / 2;
        long passed = 0;
        for (Voter voter : byHeight) {
            passed += voter.weight;
            if (passed >= half) return voter;
        }
        return byHeight.getLast();
    }

    static long weight(List<Voter> voters) {
        long sum = 0;
        for (Voter voter : voters) sum += voter.weight;
        return sum;
    }
}
