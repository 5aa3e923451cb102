package dev.fairlead.data.load;

import java.time.Duration;

/// When a second node is asked because one says `null` for a hash of which nothing is known. Most such hashes
/// do not exist yet, so a share of them is enough. But every one gets a second opinion while clients were
/// shown the insides of blocks lately, because the hash may have been among them, and after a node was found
/// to be wrong. Replies are not searched for the hashes that they show, so only look-ups of what is not there
/// pay for this.
public final class SecondOpinions {
    /// Share of look-ups that get one at other times.
    private static final double SHARE = 0.1;

    private static final long WRONG = Duration.ofMinutes(10).toNanos();
    private static final long LEAST_SHOWN = Duration.ofMinutes(1).toNanos();
    private static final int BLOCKS_SHOWN = 8;
    /// Keeps busy loops from writing at every block that they show.
    private static final long GRAIN = Duration.ofSeconds(1).toNanos();

    private final RetryBudget budget;
    private volatile long allUntil;

    SecondOpinions(long now) {
        this.budget = new RetryBudget(now);
        this.allUntil = now;
    }

    /// A look-up by hash began.
    public void called() {
        budget.called(SHARE);
    }

    /// Whether every `null` gets a second opinion at the moment.
    public boolean areForAll(long now) {
        return allUntil - now > 0;
    }

    /// Whether this one is affordable.
    public boolean permits(long now) {
        return budget.retry(now);
    }

    /// A client was shown which transactions are in a block.
    public void insideShown(Duration blockTime, long now) {
        forAll(Math.max(LEAST_SHOWN, blockTime.multipliedBy(BLOCKS_SHOWN).toNanos()), now);
    }

    /// A node that should have it said that something new is not there, and another one has it.
    public void contradicted(long now) {
        forAll(WRONG, now);
    }

    private void forAll(long length, long now) {
        if (now + length - allUntil > GRAIN) allUntil = now + length;
    }
}
