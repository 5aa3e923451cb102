package dev.fairlead.control.judge;

import dev.fairlead.control.probe.Identity;
import java.time.Instant;

/// What is remembered about a chain as a whole between two rounds.
///
/// @param expected what the chain is known to be
/// @param clock when the reference was first seen at each height
/// @param started whether every node has been heard, or found silent, once; until then nothing is held back
/// @param checkpoint where nodes were last asked to show their branch
public record ChainMemory(Identity expected, LagClock clock, MainBranch main, boolean started, Checkpoint checkpoint) {
    /// @param near a height right below the heads, which a node that arrives must have like the others; -1 while none
    /// does
    record Checkpoint(long height, long near, Instant at) {}

    public static ChainMemory of(long declaredId) {
        var nowhere = new Checkpoint(-1, -1, Instant.MIN);
        return new ChainMemory(new Identity(declaredId, ""), LagClock.EMPTY, MainBranch.UNKNOWN, false, nowhere);
    }

    ChainMemory learned(Identity identity, LagClock newer) {
        return new ChainMemory(identity, newer, main, started, checkpoint);
    }

    /// Before every node has been heard, it is chance which one was heard first.
    ChainMemory agreedOn(MainBranch branch) {
        return started ? new ChainMemory(expected, clock, branch, true, checkpoint) : this;
    }

    ChainMemory checkedAt(Checkpoint next) {
        return new ChainMemory(expected, clock, main, started, next);
    }

    ChainMemory started(boolean now) {
        return new ChainMemory(expected, clock, main, started || now, checkpoint);
    }
}
