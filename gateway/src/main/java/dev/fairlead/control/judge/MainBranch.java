package dev.fairlead.control.judge;

import dev.fairlead.control.judge.KnownHashes.Meeting;
import dev.fairlead.control.judge.Measure.Measured;
import dev.fairlead.core.fleet.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is remembered of the main branch between two rounds.
///
/// @param agreedHashes hashes of the branch that was agreed on
/// @param by the node whose head was the reference the last time
/// @param onwardAt when a node was last seen to go on from it
/// @param turnedAt when the main branch last became another one
record MainBranch(AgreedHashes agreedHashes, @Nullable NodeId by, Instant onwardAt, Instant turnedAt) {
    static final MainBranch UNKNOWN = new MainBranch(AgreedHashes.EMPTY, null, Instant.MIN, Instant.MIN);

    /// After so long without a node that goes on from what was agreed on, it is agreed on anew.
    private static final Duration LOST = Duration.ofSeconds(20);

    /// @param reference the node whose head is the reference now
    MainBranch after(Voter reference, List<Voter> voices, Map<NodeId, Measured> measured, Instant now) {
        AgreedHashes next = history(reference, voices, measured, now);
        boolean onward = isLost(now) || voices.stream().anyMatch(Voter::goesOn);
        Instant at = onward || agreedHashes.isEmpty() || next.isEmpty() ? now : onwardAt;
        return new MainBranch(next, reference.id(), at, turnedAt(reference, now));
    }

    Instant turnedAt(Voter reference, Instant now) {
        return reference.isForked() || reference.hasLeft() ? now : turnedAt;
    }

    /// By those that are not known to be on another branch.
    private AgreedHashes history(Voter reference, List<Voter> voices, Map<NodeId, Measured> measured, Instant now) {
        if (reference.hashes().isEmpty()) return agreedHashes;
        if (agreedHashes.isEmpty() || isLost(now))
            return AgreedHashes.of(reference.hashes().fresh());
        var sound = new ArrayList<Voter>();
        long all = 0;
        boolean onward = false;
        for (Voter voice : voices) {
            Measured found = measured.get(voice.id());
            if (found == null || found.standing().objection() != null) continue;
            all += voice.weight();
            onward |= !voice.hasLeft() && !voice.hashes().isEmpty();
            if (found.forkMemory() == null) sound.add(voice);
        }
        boolean anew = reference.hasLeft() && (!onward || isOfMost(reference, voices));
        return anew ? AgreedHashes.of(reference.hashes().fresh()) : agreedHashes.with(sound, all);
    }

    private boolean isLost(Instant now) {
        return onwardAt.isBefore(now.minus(LOST));
    }

    /// Only those that left what was agreed on count: of others it is not known yet.
    private static boolean isOfMost(Voter reference, List<Voter> voices) {
        KnownHashes hashes = reference.hashes().fresh();
        var with = voices.stream()
                .filter(voice -> voice.id().equals(reference.id())
                        || (voice.hasLeft() && voice.hashes().fresh().meet(hashes) instanceof Meeting.Same))
                .toList();
        return Voter.weight(with) * 2 > Voter.weight(voices);
    }
}
