package dev.fairlead.core.eth;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Keccak-256 with Ethereum's padding, which differs from SHA3-256 in one bit.
public final class Keccak {
    private static final int RATE = 136;
    private static final VarHandle LANE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long[] ROUNDS = {
        0x0000000000000001L, 0x0000000000008082L, 0x800000000000808aL, 0x8000000080008000L,
        0x000000000000808bL, 0x0000000080000001L, 0x8000000080008081L, 0x8000000000008009L,
        0x000000000000008aL, 0x0000000000000088L, 0x0000000080008009L, 0x000000008000000aL,
        0x000000008000808bL, 0x800000000000008bL, 0x8000000000008089L, 0x8000000000008003L,
        0x8000000000008002L, 0x8000000000000080L, 0x000000000000800aL, 0x800000008000000aL,
        0x8000000080008081L, 0x8000000000008080L, 0x0000000080000001L, 0x8000000080008008L
    };

    /// For each lane, the place that it moves to next, and by how much it is rotated.
    private static final int[] NEXT = {
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1
    };

    private static final int[] TURN = {
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44
    };

    private Keccak() {}

    public static byte[] hash(byte[] input) {
        long[] state = new long[25];
        int at = 0;
        for (; input.length - at >= RATE; at += RATE) absorb(state, input, at);
        byte[] last = Arrays.copyOf(Arrays.copyOfRange(input, at, input.length), RATE);
        last[input.length - at] ^= 0x01;
        last[RATE - 1] ^= (byte) 0x80;
        absorb(state, last, 0);

        byte[] hash = new byte[32];
        for (int i = 0; i < 4; i++) LANE.set(hash, 8 * i, state[i]);
        return hash;
    }

    private static void absorb(long[] state, byte[] block, int at) {
        for (int i = 0; i < RATE / 8; i++) state[i] ^= (long) LANE.get(block, at + 8 * i);
        permute(state);
    }

    private static void permute(long[] lanes) {
        long[] column = new long[5];
        for (long round : ROUNDS) {
            for (int x = 0; x < 5; x++) {
                column[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
            }
            for (int x = 0; x < 5; x++) {
                long mix = column[(x + 4) % 5] ^ Long.rotateLeft(column[(x + 1) % 5], 1);
                for (int y = 0; y < 25; y += 5) lanes[x + y] ^= mix;
            }
            long moving = lanes[1];
            for (int i = 0; i < 24; i++) {
                long held = lanes[NEXT[i]];
                lanes[NEXT[i]] = Long.rotateLeft(moving, TURN[i]);
                moving = held;
            }
            for (int y = 0; y < 25; y += 5) {
                System.arraycopy(lanes, y, column, 0, 5);
                for (int x = 0; x < 5; x++) lanes[x + y] ^= ~column[(x + 1) % 5] & column[(x + 2) % 5];
            }
            lanes[0] ^= round;
        }
    }
}
