package dev.fairlead.control.health;

import dev.fairlead.core.fleet.NodeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is remembered about a chain as a whole between two rounds.
///
/// @param expected what the chain is known to be
/// @param clock when the reference was first seen at each height
/// @param main hashes of the branch that was agreed on
/// @param by the node whose head was the reference the last time
/// @param onwardAt when a node was last seen to go on from it
/// @param started whether every node has been heard, or found silent, once; until then nothing is held back
/// @param turnedAt when the main branch last became another one
/// @param checkpoint height at which nodes were last asked to show their branch
record Memory(
        Identity expected,
        LagClock clock,
        History main,
        @Nullable NodeId by,
        Instant onwardAt,
        boolean started,
        Instant turnedAt,
        long checkpoint,
        Instant checkpointAt) {
    static Memory of(long declaredId) {
        return new Memory(
                new Identity(declaredId, ""),
                LagClock.EMPTY,
                History.EMPTY,
                null,
                Instant.MIN,
                false,
                Instant.MIN,
                -1,
                Instant.MIN);
    }

    Memory learned(Identity identity, LagClock clock) {
        return new Memory(identity, clock, main, by, onwardAt, started, turnedAt, checkpoint, checkpointAt);
    }

    /// Before every node has been heard it is chance whose word came first.
    Memory agreedOn(History branch, Witness on, boolean onward, Instant now) {
        if (!started) return this;
        Instant at = onward || main.isEmpty() || branch.isEmpty() ? now : onwardAt;
        return new Memory(expected, clock, branch, on.id(), at, started, turnedAt, checkpoint, checkpointAt);
    }

    Memory turned(Instant at) {
        return new Memory(expected, clock, main, by, onwardAt, started, at, checkpoint, checkpointAt);
    }

    Memory checkedAt(long height, Instant now) {
        return new Memory(expected, clock, main, by, onwardAt, started, turnedAt, height, now);
    }

    Memory started(boolean now) {
        return new Memory(expected, clock, main, by, onwardAt, started || now, turnedAt, checkpoint, checkpointAt);
    }
}
