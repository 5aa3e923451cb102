package dev.fairlead.data.dispatch;

import java.util.concurrent.atomic.AtomicLongArray;

/// The hashes of transactions and blocks that clients of a chain were shown lately, each with the height of its block.
/// Takes no locks and no memory for a hash; a newer one may push out an older one.
final class ShownHashes {
    static final long NOT_SHOWN = -2;
    /// A transaction that is in no block yet.
    static final long NO_BLOCK = -1;

    private static final int SIZE = 4096;
    private static final long KEY = 0xffff_ffff_0000_0000L;

    /// The upper half of an entry is that of the key; the lower half is the height plus one.
    private final AtomicLongArray entries = new AtomicLongArray(SIZE);

    /// @param key [dev.fairlead.core.eth.HexKey] of a hash
    /// @return the height of its block, [#NO_BLOCK] or [#NOT_SHOWN]
    long height(long key) {
        long entry = entries.getOpaque(slot(key));
        boolean known = key != 0 && entry != 0 && (entry & KEY) == (key & KEY);
        return known ? (entry & ~KEY) - 1 : NOT_SHOWN;
    }

    /// What was seen in a block stays so when a node that is late shows it without one.
    void shown(long key, long height) {
        long known = height(key);
        if (key == 0 || known == height || (known >= 0 && height < 0)) return;
        entries.setOpaque(slot(key), (key & KEY) | ((height + 1) & ~KEY));
    }

    void forget(long key) {
        if (height(key) != NOT_SHOWN) entries.setOpaque(slot(key), 0);
    }

    private static int slot(long key) {
        return (int) key & (SIZE - 1);
    }
}
