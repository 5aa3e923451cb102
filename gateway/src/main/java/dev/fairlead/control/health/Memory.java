package dev.fairlead.control.health;

import java.time.Instant;

/// What is remembered about a chain as a whole between two rounds.
///
/// @param expected what the chain is known to be
/// @param clock when the reference was first seen at each height
/// @param main hashes of the branch that was agreed on the last time
/// @param started whether every node has been heard, or found silent, once; until then nothing is held back
/// @param turnedAt when the main branch last became another one
/// @param checkpoint height at which nodes were last asked to show their branch
record Memory(
        Identity expected,
        LagClock clock,
        Trail main,
        boolean started,
        Instant turnedAt,
        long checkpoint,
        Instant checkpointAt) {
    static Memory of(long declaredId) {
        return new Memory(
                new Identity(declaredId, ""), LagClock.EMPTY, Trail.EMPTY, false, Instant.MIN, -1, Instant.MIN);
    }

    Memory learned(Identity identity, LagClock clock, Trail main) {
        return new Memory(identity, clock, main, started, turnedAt, checkpoint, checkpointAt);
    }

    Memory turned(Instant at) {
        return new Memory(expected, clock, main, started, at, checkpoint, checkpointAt);
    }

    Memory checkedAt(long height, Instant now) {
        return new Memory(expected, clock, main, started, turnedAt, height, now);
    }

    Memory started(boolean now) {
        return new Memory(expected, clock, main, started || now, turnedAt, checkpoint, checkpointAt);
    }
}
