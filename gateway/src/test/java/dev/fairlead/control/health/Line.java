package dev.fairlead.control.health;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A line of blocks that needs no storage: hashes follow from the number and the forks.
record Line(@Nullable Line trunk, long from, String salt, Instant genesis, Duration blockTime) {
    static Line from(Instant genesis) {
        return new Line(null, 0, "a", genesis, Duration.ofSeconds(12));
    }

    /// Differs from this line at `height` and from there on.
    Line fork(long height, String name) {
        return new Line(this, height, name, genesis, blockTime);
    }

    String hash(long number) {
        if (trunk != null && number < from) return trunk.hash(number);
        return "0x%s%063x".formatted(salt, number);
    }

    Block block(long number) {
        String parent = number == 0 ? "0x" + "0".repeat(64) : hash(number - 1);
        return new Block(number, hash(number), parent, genesis.plus(blockTime.multipliedBy(number)));
    }

    /// The newest block at this moment, when one came every block time.
    long heightAt(Instant now) {
        return Duration.between(genesis, now).dividedBy(blockTime);
    }
}
