package dev.fairlead.fakenode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Keccak-256 as Ethereum uses it: the padding of the original submission (`0x01`), not that of SHA-3 (`0x06`).
final class Keccak {
    private static final int RATE = 136;
    private static final VarHandle LANE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int[] ROTATION = {
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44
    };
    private static final int[] POSITION = {
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1
    };
    private static final long[] ROUND = {
        0x0000000000000001L, 0x0000000000008082L, 0x800000000000808aL, 0x8000000080008000L,
        0x000000000000808bL, 0x0000000080000001L, 0x8000000080008081L, 0x8000000000008009L,
        0x000000000000008aL, 0x0000000000000088L, 0x0000000080008009L, 0x000000008000000aL,
        0x000000008000808bL, 0x800000000000008bL, 0x8000000000008089L, 0x8000000000008003L,
        0x8000000000008002L, 0x8000000000000080L, 0x000000000000800aL, 0x800000008000000aL,
        0x8000000080008081L, 0x8000000000008080L, 0x0000000080000001L, 0x8000000080008008L
    };

    private Keccak() {}

    static byte[] hash(byte[] message) {
        byte[] padded = pad(message);
        long[] state = new long[25];
        for (int block = 0; block < padded.length; block += RATE) {
            for (int lane = 0; lane < RATE / 8; lane++) {
                state[lane] ^= (long) LANE.get(padded, block + 8 * lane);
            }
            permute(state);
        }
        byte[] digest = new byte[32];
        for (int lane = 0; lane < 4; lane++) {
            LANE.set(digest, 8 * lane, state[lane]);
        }
        return digest;
    }

    private static byte[] pad(byte[] message) {
        byte[] padded = Arrays.copyOf(message, (message.length / RATE + 1) * RATE);
        padded[message.length] ^= 0x01;
        padded[padded.length - 1] ^= (byte) 0x80;
        return padded;
    }

    private static void permute(long[] state) {
        for (long constant : ROUND) {
            theta(state);
            rhoAndPi(state);
            chi(state);
            state[0] ^= constant;
        }
    }

    private static void theta(long[] state) {
        long[] parity = new long[5];
        for (int i = 0; i < 25; i++) {
            parity[i % 5] ^= state[i];
        }
        for (int i = 0; i < 25; i++) {
            state[i] ^= parity[(i + 4) % 5] ^ Long.rotateLeft(parity[(i + 1) % 5], 1);
        }
    }

    private static void rhoAndPi(long[] state) {
        long moving = state[1];
        for (int i = 0; i < 24; i++) {
            long displaced = state[POSITION[i]];
            state[POSITION[i]] = Long.rotateLeft(moving, ROTATION[i]);
            moving = displaced;
        }
    }

    private static void chi(long[] state) {
        for (int row = 0; row < 25; row += 5) {
            long first = state[row];
            long second = state[row + 1];
            for (int i = 0; i < 3; i++) {
                state[row + i] ^= ~state[row + i + 1] & state[row + i + 2];
            }
            state[row + 3] ^= ~state[row + 4] & first;
            state[row + 4] ^= ~first & second;
        }
    }
}
