package dev.fairlead.control.judge;

import dev.fairlead.control.probe.SeenBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A line of blocks that needs no storage: hashes follow from the number and the forks.
public record BlockLine(
        @Nullable BlockLine trunk, long from, String salt, Instant genesis, Duration blockTime, Set<Long> skipped) {
    public static BlockLine from(Instant genesis) {
        return new BlockLine(null, 0, "a", genesis, Duration.ofSeconds(12), Set.of());
    }

    /// Differs from this line at `height` and from there on.
    public BlockLine fork(long height, String name) {
        return new BlockLine(this, height, name, genesis, blockTime, skipped);
    }

    /// The same line on a chain that makes a block so often.
    BlockLine every(Duration pause) {
        return new BlockLine(trunk, from, salt, genesis, pause, skipped);
    }

    /// The same line with all that is its own so much later.
    BlockLine later(Duration pause) {
        return new BlockLine(trunk, from, salt, genesis.plus(pause), blockTime, skipped);
    }

    /// The same line without a block at this height.
    BlockLine without(long height) {
        var more = new HashSet<>(skipped);
        more.add(height);
        return new BlockLine(trunk, from, salt, genesis, blockTime, Set.copyOf(more));
    }

    boolean isSkipped(long height) {
        return skipped.contains(height);
    }

    public String hash(long number) {
        if (trunk != null && number < from) return trunk.hash(number);
        return "0x%s%063x".formatted(salt, number);
    }

    public SeenBlock block(long number) {
        if (trunk != null && number < from) return trunk.block(number);
        String parent = number == 0 ? "0x" + "0".repeat(64) : hash(below(number));
        return new SeenBlock(number, hash(number), parent, genesis.plus(blockTime.multipliedBy(number)));
    }

    private long below(long number) {
        long at = number - 1;
        while (skipped.contains(at)) at--;
        return at;
    }

    /// The newest block at this moment, when one came every block time.
    long heightAt(Instant now) {
        return Duration.between(genesis, now).dividedBy(blockTime);
    }
}
