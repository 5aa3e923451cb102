package dev.fairlead.core.upstream;

import dev.fairlead.core.reply.WireId;
import java.security.SecureRandom;

/// The ids under which one node is asked, one after the other: a count, shuffled with a key that the node does
/// not have. No id comes twice among a thousand million, and a node cannot tell the next id from those it has
/// seen, so it cannot answer a call that it has not got yet.
///
/// The shuffle is a Feistel network over 30 bits: a permutation, whatever the round function does.
final class WireIds {
    private static final int HALF_BITS = 15;
    private static final int HALF = (1 << HALF_BITS) - 1;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final long SPREAD_AGAIN = 0xBF58476D1CE4E5B9L;

    /// One for each round; an even number, so that the halves end where they began.
    private final long[] keys;

    private int count;

    WireIds(long first, long second, long third, long fourth) {
        this.keys = new long[] {first, second, third, fourth};
    }

    static WireIds random() {
        var random = new SecureRandom();
        return new WireIds(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    int next() {
        int left = count >>> HALF_BITS & HALF;
        int right = count++ & HALF;
        for (long key : keys) {
            long mixed = (right ^ key) * SPREAD;
            mixed = (mixed ^ mixed >>> 32) * SPREAD_AGAIN;
            int next = left ^ (int) (mixed >>> (64 - HALF_BITS));
            left = right;
            right = next;
        }
        return WireId.FIRST + (left << HALF_BITS | right);
    }
}
