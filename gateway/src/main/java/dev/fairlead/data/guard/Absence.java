package dev.fairlead.data.guard;

/// What is done when a node says that something is not there. Pure; `FailoverRun` obeys.
public enum Absence {
    /// It is the answer.
    BELIEVED,
    /// The next node is asked; it is the answer when no other node has it.
    DOUBTED,
    /// The next node is asked if the budget allows it: most hashes for which a node has nothing do not exist
    /// yet.
    QUESTIONED,
    /// It exists, and may still come to the node: the call waits for it.
    LATE;

    /// For a block at a known height, or something in it. On some chains there are heights without a block;
    /// then all nodes say so, and that is the answer.
    ///
    /// @param height of the block
    /// @param reached the newest block that the node is known to have
    /// @param shown the newest block that clients were shown
    /// @param head the newest block that there is, as far as is known
    /// @param near how far below `shown` a block counts as new: one of many nodes behind one name may lack it
    /// @param passed how often nodes that have a block above it said before that it is missing
    public static Absence at(long height, long reached, long shown, long head, long near, int passed) {
        if (height > Math.max(shown, head)) return BELIEVED;
        if (height > shown) return DOUBTED;
        if (reached < height) return LATE;
        boolean settled = shown - height > near || (reached > height && passed > 0);
        return settled ? DOUBTED : LATE;
    }

    /// For something at a known height that need not be there although the block is: the transaction at an
    /// index, the receipts of a block without transactions. Two nodes that say so are believed.
    ///
    /// @param deniers nodes that said so before
    /// @param usual whether that is often so
    public static Absence within(long height, long reached, long shown, long head, int deniers, boolean usual) {
        if (height > Math.max(shown, head)) return BELIEVED;
        if (reached < height && height <= shown) return LATE;
        if (deniers > 0) return BELIEVED;
        return usual ? QUESTIONED : DOUBTED;
    }

    /// For a transaction or block of which nothing is known but its hash.
    ///
    /// @param late whether the node has not reached what clients were shown
    /// @param keepsLess whether the node is known to lack old ones that others have
    /// @param nextKeepsLess the same of the node that would be asked next
    /// @param seconded whether another node that is not late said so too
    /// @param always whether no node is believed alone at the moment
    public static Absence ofUnknown(
            boolean late, boolean keepsLess, boolean nextKeepsLess, boolean seconded, boolean always) {
        if (nextKeepsLess && !keepsLess && (seconded || !always)) return BELIEVED;
        if (late || (keepsLess && !nextKeepsLess)) return DOUBTED;
        if (seconded) return BELIEVED;
        return always ? DOUBTED : QUESTIONED;
    }

    /// For the receipt or place of a transaction that is known to exist, but in no block yet.
    ///
    /// @param late whether the node has not reached what clients were shown
    /// @param seconded whether another node that is not late said so too
    /// @param moved whether there is a block that was not there when the transaction became known
    public static Absence ofPending(boolean late, boolean seconded, boolean moved) {
        if (late) return DOUBTED;
        if (seconded) return BELIEVED;
        return moved ? DOUBTED : QUESTIONED;
    }
}
