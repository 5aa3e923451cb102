package dev.fairlead.core.memory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// The bytes of one kind of memory that may be held for clients and nodes, all together. Every event loop has a
/// [MemoryShare] of it, which takes from here in large pieces.
///
/// ```
///   0 ───────── plenty ─────────▶ 3/4 ── short: holders wait ──▶ 7/8 ── large work is refused ──▶ all: full
/// ```
public final class MemoryBudget {
    private static final long LARGEST_PIECE = 1024 * 1024;
    private static final long SMALLEST_PIECE = 64 * 1024;
    private static final int PIECES = 256;

    private final long most;
    private final long piece;
    private final AtomicLong taken = new AtomicLong();
    private final LongAdder refusals = new LongAdder();
    private final List<LongSupplier> shares = new CopyOnWriteArrayList<>();

    /// @param most bytes
    public MemoryBudget(long most) {
        this.most = most;
        this.piece = Math.clamp(most / PIECES, SMALLEST_PIECE, LARGEST_PIECE);
    }

    /// @param shown the bytes that a share of it holds
    void shared(LongSupplier shown) {
        shares.add(shown);
    }

    public long most() {
        return most;
    }

    /// Bytes that are held now; the shares need not be of the very same moment.
    public long used() {
        return shares.stream().mapToLong(LongSupplier::getAsLong).sum();
    }

    /// How often something was refused because too little was left.
    public long refusals() {
        return refusals.sum();
    }

    /// Bytes that a share takes at once, and may keep without use.
    long piece() {
        return piece;
    }

    boolean take(long bytes, long upTo) {
        long before = taken.get();
        while (before + bytes <= upTo) {
            if (taken.compareAndSet(before, before + bytes)) return true;
            before = taken.get();
        }
        return false;
    }

    void add(long bytes) {
        taken.addAndGet(bytes);
    }

    void refused() {
        refusals.increment();
    }

    boolean isShort() {
        return taken.get() > most - most / 4;
    }

    boolean isFull() {
        return taken.get() >= most;
    }

    /// Whether more than `upTo` bytes are held. That happens with what could not be refused, and with small
    /// work, for which some bytes are kept back.
    boolean isOver(long upTo) {
        return taken.get() > upTo;
    }

    /// What large work may take; the rest is for small calls.
    long forLarge() {
        return most - most / 8;
    }
}
