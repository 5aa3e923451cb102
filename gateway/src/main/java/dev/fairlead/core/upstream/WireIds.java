package dev.fairlead.core.upstream;

import dev.fairlead.core.reply.WireId;
import java.security.SecureRandom;

/// The ids under which one node is asked, one after the other: a count, shuffled under a key that the node does not
/// have. No id comes twice within a thousand million, and the ids that a node has seen do not tell it the next one, so
/// that it cannot answer a call which it has yet to get.
///
/// The shuffle is a Feistel network over 30 bits: a permutation, whatever the round function does.
final class WireIds {
    private static final int HALF_BITS = 15;
    private static final int HALF = (1 << HALF_BITS) - 1;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final long SPREAD_AGAIN = 0xBF58476D1CE4E5B9L;

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;
    private int count;

    WireIds(long first, long second, long third, long fourth) {
        this.first = first;
        this.second = second;
        this.third = third;
        this.fourth = fourth;
    }

    static WireIds random() {
        var random = new SecureRandom();
        return new WireIds(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    int next() {
        int left = count >>> HALF_BITS & HALF;
        int right = count++ & HALF;
        left ^= mixed(right, first);
        right ^= mixed(left, second);
        left ^= mixed(right, third);
        right ^= mixed(left, fourth);
        return WireId.FIRST + (left << HALF_BITS | right);
    }

    private static int mixed(int half, long key) {
        long mixed = (half ^ key) * SPREAD;
        mixed = (mixed ^ mixed >>> 32) * SPREAD_AGAIN;
        return (int) (mixed >>> (64 - HALF_BITS));
    }
}
