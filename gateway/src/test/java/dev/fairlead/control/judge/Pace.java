package dev.fairlead.control.judge;

import java.time.Duration;
import java.time.Instant;

/// How often a chain of a property test makes a block, beside a look at each node every two seconds.
enum Pace {
    QUARTER(Duration.ofMillis(250)),
    SECOND(Duration.ofSeconds(1)),
    TWELVE(Duration.ofSeconds(12));

    static final long TOP = 10_000;

    final Duration blockTime;

    Pace(Duration blockTime) {
        this.blockTime = blockTime;
    }

    BlockLine line() {
        return BlockLine.from(Rehearsal.GENESIS).every(blockTime);
    }

    /// When the block [#TOP] was made.
    Instant start() {
        return start(blockTime);
    }

    static Instant start(Duration blockTime) {
        return Rehearsal.GENESIS.plus(blockTime.multipliedBy(TOP));
    }
}
