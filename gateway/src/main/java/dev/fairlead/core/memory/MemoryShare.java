package dev.fairlead.core.memory;

import java.util.concurrent.atomic.AtomicLong;

/// One event loop's share of a [MemoryBudget]: counts every byte, and asks the budget only when a piece is
/// used up or left over. Lives on its loop; only [#shown()] may be read elsewhere.
public final class MemoryShare {
    private final MemoryBudget budget;
    private final long most;
    private final long piece;
    private final AtomicLong shown = new AtomicLong();
    private long used;
    private long taken;

    private MemoryShare(MemoryBudget budget) {
        this.budget = budget;
        this.most = budget.most();
        this.piece = budget.piece();
    }

    /// For one event loop.
    public static MemoryShare of(MemoryBudget budget) {
        var share = new MemoryShare(budget);
        budget.shared(share::shown);
        return share;
    }

    /// For work that may be refused.
    ///
    /// @return false when too little is left; nothing is taken then
    public boolean take(long bytes) {
        return take(bytes, budget.forLarge());
    }

    /// For small work, which may use what is kept back for it.
    ///
    /// @return false when nothing is left at all; nothing is taken then
    public boolean takeSmall(long bytes) {
        return take(bytes, most);
    }

    /// Counts what is there already and cannot be refused.
    public void add(long bytes) {
        long more = used + bytes - taken;
        if (more > 0) {
            long pieces = pieces(more);
            budget.add(pieces);
            taken += pieces;
        }
        use(bytes);
    }

    public void give(long bytes) {
        use(-bytes);
        long spare = taken - used;
        if (spare < piece) return;
        long back = budget.isShort() ? spare : spare - piece;
        if (back < piece) return;
        taken -= back;
        budget.add(-back);
    }

    /// Counts `now` bytes where `before` were counted.
    public void change(long before, long now) {
        if (now > before) add(now - before);
        else if (now < before) give(before - now);
    }

    /// Whether holders are to wait for each other rather than hold more.
    public boolean isShort() {
        return budget.isShort();
    }

    /// Whether nothing more may be taken that can be refused.
    public boolean isFull() {
        return budget.isFull();
    }

    /// Whether no large work may begin. When the answer is yes, asking counts as a refusal.
    public boolean refusesLarge() {
        if (take(piece)) {
            give(piece);
            return false;
        }
        return true;
    }

    public long most() {
        return most;
    }

    long shown() {
        return shown.getAcquire();
    }

    private boolean take(long bytes, long upTo) {
        long more = used + bytes - taken;
        long pieces = more > 0 ? pieces(more) : 0;
        boolean room = pieces > 0 ? budget.take(pieces, upTo) : !budget.isOver(upTo);
        if (!room) {
            budget.refused();
            return false;
        }
        taken += pieces;
        use(bytes);
        return true;
    }

    private void use(long bytes) {
        used += bytes;
        shown.setRelease(used);
    }

    private long pieces(long bytes) {
        return (bytes + piece - 1) / piece * piece;
    }
}
