package dev.fairlead.data.shown;

import java.util.concurrent.atomic.AtomicLongArray;

/// The hashes of transactions and blocks that clients of a chain were shown lately, each with the height of
/// its block. Takes no locks, and no memory for each hash; a newer one may push out an older one.
public final class ShownHashes {
    static final long NOT_SHOWN = -2;
    /// A transaction that is in no block yet.
    public static final long NO_BLOCK = -1;

    private static final int SIZE = 4096;
    private static final long KEY = 0xffff_ffff_0000_0000L;
    private static final long IN_NO_BLOCK = 0x8000_0000L;
    private static final long HEIGHT = 0x7fff_ffffL;
    /// Blocks above this count as this high.
    private static final long HIGHEST = HEIGHT - 1;

    /// The upper half of an entry is that of the key; the lower half is a height plus one, with a bit for those that
    /// are in no block yet.
    private final AtomicLongArray entries = new AtomicLongArray(SIZE);

    /// @param key [dev.fairlead.core.eth.HexKey] of a hash
    /// @return the height of its block, [#NO_BLOCK] or [#NOT_SHOWN]
    public long height(long key) {
        long entry = entry(key);
        if (entry == 0) return NOT_SHOWN;
        return (entry & IN_NO_BLOCK) == 0 ? (entry & HEIGHT) - 1 : NO_BLOCK;
    }

    /// For a transaction that is in no block yet: the newest block at the time when it was sent or first
    /// shown; -1 for unknown.
    public long pendingSince(long key) {
        return (entry(key) & HEIGHT) - 1;
    }

    public void shown(long key, long height) {
        if (key != 0 && height(key) != Math.min(height, HIGHEST)) put(key, height, 0);
    }

    /// A transaction that is in no block yet was sent or shown. One that was seen in a block stays there, even
    /// if a late node shows it without one.
    ///
    /// @param newest the newest block that there is
    public void pending(long key, long newest) {
        if (key != 0 && entry(key) == 0) put(key, newest, IN_NO_BLOCK);
    }

    public void forget(long key) {
        if (entry(key) != 0) entries.setOpaque(slot(key), 0);
    }

    private void put(long key, long height, long flag) {
        entries.setOpaque(slot(key), (key & KEY) | (Math.min(height, HIGHEST) + 1) | flag);
    }

    /// 0 for none.
    private long entry(long key) {
        long entry = entries.getOpaque(slot(key));
        return key != 0 && (entry & KEY) == (key & KEY) ? entry : 0;
    }

    private static int slot(long key) {
        return (int) key & (SIZE - 1);
    }
}
