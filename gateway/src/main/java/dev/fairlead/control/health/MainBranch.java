package dev.fairlead.control.health;

import dev.fairlead.control.health.Measure.Measured;
import dev.fairlead.control.health.Trail.Meeting;
import dev.fairlead.core.fleet.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is remembered of the main branch between two rounds.
///
/// @param history hashes of the branch that was agreed on
/// @param by the node whose head was the reference the last time
/// @param onwardAt when a node was last seen to go on from it
/// @param turnedAt when the main branch last became another one
record MainBranch(History history, @Nullable NodeId by, Instant onwardAt, Instant turnedAt) {
    static final MainBranch UNKNOWN = new MainBranch(History.EMPTY, null, Instant.MIN, Instant.MIN);

    /// After so long without a node that goes on from what was agreed on, it is agreed on anew.
    private static final Duration LOST = Duration.ofSeconds(20);

    /// @param reference the node whose head is the reference now
    MainBranch after(Witness reference, List<Witness> voices, Map<NodeId, Measured> measured, Instant now) {
        History next = history(reference, voices, measured, now);
        boolean onward = isLost(now) || voices.stream().anyMatch(Witness::goesOn);
        Instant at = onward || history.isEmpty() || next.isEmpty() ? now : onwardAt;
        return new MainBranch(next, reference.id(), at, turnedAt(reference, now));
    }

    Instant turnedAt(Witness reference, Instant now) {
        return reference.isForked() || reference.hasLeft() ? now : turnedAt;
    }

    /// By those that are not known to be on another branch.
    private History history(Witness reference, List<Witness> voices, Map<NodeId, Measured> measured, Instant now) {
        if (reference.trail().isEmpty()) return history;
        if (history.isEmpty() || isLost(now))
            return History.of(reference.trail().fresh());
        var sound = new ArrayList<Witness>();
        long all = 0;
        boolean onward = false;
        for (Witness voice : voices) {
            Measured found = measured.get(voice.id());
            if (found == null || found.standing().objection() != null) continue;
            all += voice.weight();
            onward |= !voice.hasLeft() && !voice.trail().isEmpty();
            if (found.parting() == null) sound.add(voice);
        }
        boolean anew = reference.hasLeft() && (!onward || isOfMost(reference, voices));
        return anew ? History.of(reference.trail().fresh()) : history.with(sound, all);
    }

    private boolean isLost(Instant now) {
        return onwardAt.isBefore(now.minus(LOST));
    }

    private static boolean isOfMost(Witness reference, List<Witness> voices) {
        Trail trail = reference.trail().fresh();
        var with = voices.stream()
                .filter(voice -> voice.id().equals(reference.id())
                        || voice.trail().fresh().meet(trail) instanceof Meeting.Same)
                .filter(voice -> !voice.goesOn())
                .toList();
        return Witness.weight(with) * 2 > Witness.weight(voices);
    }
}
