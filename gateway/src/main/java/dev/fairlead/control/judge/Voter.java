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
/// @param evidence what is remembered of it
/// @param heardAt when it last answered
/// @param hashes those of its blocks, without what it showed before it left the branch that was agreed on
/// @param agreed how what it shows now meets the branch that was agreed on before
/// @param forkMemory what is remembered of its being on another branch, or null
/// @param before whether its head was the reference the last time
record Voter(
        NodeEvidence evidence,
        Head head,
        Instant heardAt,
        KnownHashes hashes,
        Meeting agreed,
        @Nullable ForkMemory forkMemory,
        boolean before) {
    NodeId id() {
        return evidence.id();
    }

    long weight() {
        return evidence.node().weight();
    }

    Past past() {
        return evidence.position().past();
    }

    @Nullable
    Ancestry ancestry() {
        return evidence.position().ancestry();
    }

    /// The last height that it was asked for, or -1.
    long checked() {
        return evidence.position().checked();
    }

    /// Whether it did not answer the last time.
    boolean silent() {
        return evidence.silence() != null;
    }

    /// Whether it was called forked the last time, for whatever reason.
    boolean doubted() {
        return evidence.doubted();
    }

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
        return isForked() ? !isOutvoted() : !doubted();
    }

    /// Whether a block at this height that is the main branch's ends what is remembered of another branch.
    boolean isBackAt(long height) {
        return forkMemory == null || height >= forkMemory.height();
    }

    /// The same node with nothing remembered of another branch.
    Voter withoutForkMemory() {
        return forkMemory == null ? this : new Voter(evidence, head, heardAt, hashes, agreed, null, before);
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
            passed += voter.weight();
            if (passed >= half) return voter;
        }
        return byHeight.getLast();
    }

    static long weight(List<Voter> voters) {
        long sum = 0;
        for (Voter voter : voters) sum += voter.weight();
        return sum;
    }
}
