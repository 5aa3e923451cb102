package dev.fairlead.control.health;

import java.time.Instant;

/// What is remembered about a chain as a whole between two rounds.
///
/// @param expected what the chain is known to be
/// @param clock when the reference was first seen at each height
/// @param started whether every node has been heard, or found silent, once; until then nothing is held back
/// @param checkpoint where nodes were last asked to show their branch
record Memory(Identity expected, LagClock clock, MainBranch main, boolean started, Checkpoint checkpoint) {
    record Checkpoint(long height, Instant at) {}

    static Memory of(long declaredId) {
        var nowhere = new Checkpoint(-1, Instant.MIN);
        return new Memory(new Identity(declaredId, ""), LagClock.EMPTY, MainBranch.UNKNOWN, false, nowhere);
    }

    Memory learned(Identity identity, LagClock newer) {
        return new Memory(identity, newer, main, started, checkpoint);
    }

    /// Before every node has been heard it is chance whose word came first.
    Memory agreedOn(MainBranch branch) {
        return started ? new Memory(expected, clock, branch, true, checkpoint) : this;
    }

    Memory checkedAt(Checkpoint next) {
        return new Memory(expected, clock, main, started, next);
    }

    Memory started(boolean now) {
        return new Memory(expected, clock, main, started || now, checkpoint);
    }
}
